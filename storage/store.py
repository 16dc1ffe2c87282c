"""The store: every kind of fact by its name, over one connection. There is one store and no second kind."""

from dataclasses import dataclass

from storage.alerts import Alerts
from storage.announcements import Announcements
from storage.awards import Awards
from storage.blanking import Blanking
from storage.boards import Boards
from storage.breakers import Breakers
from storage.brought_tables import BroughtTables
from storage.campaigns import Campaigns
from storage.chain import Chain
from storage.clock import REAL, Clock, RehearsalClock
from storage.credits import Credits
from storage.database import Database, Mode, connect
from storage.deadletters import DeadLetters
from storage.deliveries import Deliveries
from storage.desks import Desks
from storage.disclosures import Disclosures
from storage.erasure import Erasure
from storage.faults import Faults
from storage.figures import CampaignFigures
from storage.freezing import Freezing
from storage.glances import Glances
from storage.histories import Histories
from storage.hooks import ToldHooks
from storage.inbox import Inbox
from storage.incidents import Incidents
from storage.keeping import Keeping
from storage.keys import Keys
from storage.leases import Leases
from storage.ledger import Ledger
from storage.lines import Lines
from storage.made_books import MadeBooks
from storage.mass import Mass
from storage.merging import Merging
from storage.moves import Moves
from storage.outbox import Outbox
from storage.people import People
from storage.pictures import Pictures
from storage.platform import Platform
from storage.practice import Practice
from storage.push_switches import PushSwitches
from storage.questions import Questions
from storage.raises import Raises
from storage.receipts import Receipts
from storage.reception import Reception
from storage.reconciling import Reconciling
from storage.reports import Reports
from storage.reviews import Reviews
from storage.roles import Roles
from storage.roster import Roster
from storage.roster_liaisons import RosterLiaisons
from storage.scenes import Scenes
from storage.schema import Schema
from storage.sessions import Sessions
from storage.snapshots import Snapshots
from storage.strays import Strays
from storage.targets import Targets
from storage.tasks import Tasks
from storage.team_acts import TeamActs
from storage.team_lists import TeamLists
from storage.team_sights import TeamSights
from storage.teams import Teams
from storage.unit_names import UnitNames
from storage.unit_people import UnitPeople
from storage.watching import Watching
from storage.windows import Windows
from storage.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Store:
    database: Database
    keys: Keys
    clock: Clock
    campaigns: Campaigns
    people: People
    roles: Roles
    inbox: Inbox
    reception: Reception
    teams: Teams
    reports: Reports
    reviews: Reviews
    desks: Desks
    moves: Moves
    boards: Boards
    figures: CampaignFigures
    team_lists: TeamLists
    team_sights: TeamSights
    glances: Glances
    brought_tables: BroughtTables
    roster: Roster
    roster_liaisons: RosterLiaisons
    platform: Platform
    strays: Strays
    reconciling: Reconciling
    freezing: Freezing
    team_acts: TeamActs
    mass: Mass
    merging: Merging
    unit_names: UnitNames
    unit_people: UnitPeople
    histories: Histories
    announcements: Announcements
    disclosures: Disclosures
    made_books: MadeBooks
    ledger: Ledger
    chain: Chain
    outbox: Outbox
    hooks: ToldHooks
    deliveries: Deliveries
    leases: Leases
    snapshots: Snapshots
    push_switches: PushSwitches
    pictures: Pictures
    questions: Questions
    lines: Lines
    tasks: Tasks
    targets: Targets
    awards: Awards
    raises: Raises
    wishes: Wishes
    windows: Windows
    watching: Watching
    breakers: Breakers
    credits: Credits
    receipts: Receipts
    scenes: Scenes
    sessions: Sessions
    alerts: Alerts
    faults: Faults
    practice: Practice
    incidents: Incidents
    dead_letters: DeadLetters
    erasure: Erasure
    keeping: Keeping
    schema: Schema


def open_store(database: Database, prefix: str, mode: Mode) -> Store:
    """Every part of the store over one connection."""
    keys = Keys(prefix)
    campaigns, people, inbox = Campaigns(database, keys), People(database, keys), Inbox(database, keys)
    teams, incidents, questions = Teams(database, keys), Incidents(database, keys), Questions(database, keys)
    leases, dead_letters = Leases(database, keys), DeadLetters(database, keys)
    alerts, outbox = Alerts(database, keys), Outbox(database, keys)
    made_books = MadeBooks(database, keys)
    blanking = Blanking(database, keys, people, incidents, questions)
    clock: Clock = RehearsalClock(database, keys) if mode == "rehearsal" else REAL
    return Store(
        database=database,
        keys=keys,
        clock=clock,
        campaigns=campaigns,
        people=people,
        roles=Roles(database, keys, people),
        inbox=inbox,
        reception=Reception(inbox, people, clock),
        teams=teams,
        reports=Reports(database, keys),
        reviews=Reviews(database, keys),
        desks=Desks(database, keys),
        moves=Moves(database, keys),
        boards=Boards(database, keys),
        figures=CampaignFigures(database, keys),
        team_lists=TeamLists(database, keys),
        team_sights=TeamSights(database, keys),
        glances=Glances(database, keys),
        brought_tables=BroughtTables(database, keys),
        roster=Roster(database, keys),
        roster_liaisons=RosterLiaisons(database, keys),
        platform=Platform(database, keys),
        strays=Strays(database, keys),
        reconciling=Reconciling(database, keys),
        freezing=Freezing(database, keys),
        team_acts=TeamActs(database, keys),
        mass=Mass(database, keys),
        merging=Merging(database, keys),
        unit_names=UnitNames(database, keys),
        unit_people=UnitPeople(database, keys),
        histories=Histories(database, keys),
        announcements=Announcements(database, keys),
        disclosures=Disclosures(database, keys),
        made_books=made_books,
        ledger=Ledger(database, keys),
        chain=Chain(database, keys),
        outbox=outbox,
        hooks=ToldHooks(database, keys),
        deliveries=Deliveries(database, keys, outbox),
        leases=leases,
        snapshots=Snapshots(database, keys),
        push_switches=PushSwitches(database, keys),
        pictures=Pictures(database, keys),
        questions=questions,
        lines=Lines(database, keys, campaigns),
        tasks=Tasks(database, keys),
        targets=Targets(database, keys),
        awards=Awards(database, keys),
        raises=Raises(database, keys),
        wishes=Wishes(database, keys),
        windows=Windows(database, keys),
        watching=Watching(database, keys),
        breakers=Breakers(database, keys),
        credits=Credits(database, keys),
        receipts=Receipts(database, keys),
        scenes=Scenes(database, keys),
        sessions=Sessions(database, keys),
        alerts=alerts,
        faults=Faults(alerts),
        practice=Practice(database, keys, campaigns, people, teams, outbox),
        incidents=incidents,
        dead_letters=dead_letters,
        erasure=Erasure(database, keys, campaigns, people, inbox, teams, blanking, dead_letters, made_books),
        keeping=Keeping(database, keys, campaigns),
        schema=Schema(database, keys, leases),
    )


__all__ = ["Store", "connect", "open_store"]
