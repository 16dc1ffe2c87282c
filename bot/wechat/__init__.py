"""The WeChat edge: signatures and encryption, XML in, XML out, and the API client.

May import handlers, scheduler and storage. Besides it only scheduler/channels may know wechatpy and requests.
"""
