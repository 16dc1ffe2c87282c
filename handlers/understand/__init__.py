"""What a message is: `reading.read`, and what becomes of its figures: `weighing.weigh`."""
