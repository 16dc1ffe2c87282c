"""The keys of the installation: one of each, in slots of their own."""

from dataclasses import dataclass

from storage.keys.prefixed import Prefixed


@dataclass(frozen=True, slots=True)
class InstallationKeys(Prefixed):
    """The keys of the installation: one of each, in slots of their own."""

    def stamp(self) -> str:
        """hash {mode, appid}, for ever: what this database was born as."""
        return f"{self.prefix}:stamp"

    def schema(self) -> str:
        """string, for ever: the schema version, which is the number of steps that the database has taken."""
        return f"{self.prefix}:{{schema}}:version"

    def schema_findings(self) -> str:
        """list of lines, for ever: what the steps left for a person to decide."""
        return f"{self.prefix}:{{schema}}:findings"

    def mark(self, number: int) -> str:
        """string, a minute: what is written before the replicas are asked how far they are; in a cluster the number
        decides which server keeps it."""
        return f"{self.prefix}:{{mark{number}}}:mark"

    def clock(self) -> str:
        """string, for ever: seconds that rehearsal business time runs ahead of real time."""
        return f"{self.prefix}:clock"

    def campaigns(self) -> str:
        """hash id → JSON {version, published_at, file}, for ever: the published campaigns."""
        return f"{self.prefix}:campaigns"

    def campaigns_version(self) -> str:
        """string counter, for ever: grows with each publication, so that a process notices."""
        return self._beside_campaigns("version")

    def taught(self) -> str:
        """hash masked line → intent, until it is unlearned: what operators taught. A change counts as a publication."""
        return self._beside_campaigns("taught")

    def before_together(self, name: str) -> str:
        """`campaigns:version` and `taught` of a schema version before 20, until they are carried over."""
        return f"{self.prefix}:{name}"

    def _beside_campaigns(self, name: str) -> str:
        """In the slot of the published campaigns, whose key as a whole is the hash tag."""
        return f"{self.prefix}:{{{self.campaigns()}}}:{name}"

    def next_code(self) -> str:
        """string counter, for ever: the last team code given out, installation-wide."""
        return f"{self.prefix}:{{codes}}:next"

    def code_owners(self) -> str:
        """hash code → campaign, for ever."""
        return f"{self.prefix}:{{codes}}:campaigns"

    def invite(self, code: str) -> str:
        """string campaign, 24 h: which campaign an invitation, or a liaison's code, is for."""
        return f"{self.prefix}:invite:{code}"

    def scene(self, token: str) -> str:
        """string JSON {campaign, team}, as long as the QR code lives: what a scene stands for."""
        return f"{self.prefix}:scene:{token}"

    def scene_code(self, token: str) -> str:
        """string, as long as the QR code lives: what its picture says, once WeChat has made it."""
        return f"{self.prefix}:scene-code:{token}"

    def scene_asked(self, campaign: str, team: str) -> str:
        """string token, a week shorter than the QR code lives: the code that is given to whoever asks for this one."""
        return f"{self.prefix}:scene-asked:{campaign}/{team}"

    def pictures_wanted(self) -> str:
        """list of JSON Picture, until each is drawn: what the worker has to draw."""
        return f"{self.prefix}:pictures-wanted"

    def picture_address(self, token: str) -> str:
        """string JSON Picture, 60 days: what a token in an address stands for."""
        return f"{self.prefix}:picture-address:{token}"

    def scenes_wanted(self) -> str:
        """list of tokens, until each has its QR code: what the worker has to make."""
        return f"{self.prefix}:scenes-wanted"

    def pushed(self, push: str) -> str:
        """string `campaign/notification id`, 7 days: our push behind WeChat's id."""
        return f"{self.prefix}:pushed:{push}"

    def receipt(self, push: str) -> str:
        """string `sent/…` or `failed/…` in WeChat's words, 7 days: what became of the push with WeChat's id."""
        return f"{self.prefix}:receipt:{push}"

    def dead_letters(self) -> str:
        """stream {reason, content, of}, the newest 200, 7 days: pushes that could not be read; `of`: openids in it."""
        return f"{self.prefix}:dead-letters"

    def lease(self, name: str) -> str:
        """string token, ≤ 15 s: who holds a single-holder duty."""
        return f"{self.prefix}:lease:{name}"

    def pace(self, name: str) -> str:
        """list of Unix times in ms (real time), as long as the window: the last sendings to a group robot."""
        return f"{self.prefix}:pace:{name}"

    def closed_parts(self) -> str:
        """hash part → `since until JSON Closed` (real time, ms), until it is over: what stands still on the way out."""
        return f"{self.prefix}:closed-parts"

    def unanswered(self) -> str:
        """hash part → number, until the platform answers: sendings in a row that it left without an answer."""
        return f"{self.prefix}:unanswered"

    def quota(self, channel: str, day: str) -> str:
        """string counter, 48 h: the account's sendings by a channel on a day of China's (yyyymmdd), by blocks."""
        return f"{self.prefix}:quota:{channel}:{day}"

    def mass_places(self, span: str) -> str:
        """string counter, 40 days: the account's messages to everybody in a day (yyyymmdd) or month (yyyymm)."""
        return f"{self.prefix}:mass:{span}"

    def watched(self) -> str:
        """string ISO time (real time), for ever: when a worker last looked at what the plans owe."""
        return f"{self.prefix}:watched"

    def sendings(self) -> str:
        """hash `channel code` → number, for ever: how the sendings of every process ended, code 0 for good."""
        return f"{self.prefix}:sendings"

    def alerts(self) -> str:
        """hash part → JSON {code, text, mend, at}, until it works again or a day has passed: what to mend."""
        return f"{self.prefix}:alerts"

    def failures(self) -> str:
        """hash part → number of failures, as long as its alert stands: how often it failed."""
        return f"{self.prefix}:alerts:failures"

    def token(self, appid: str) -> str:
        """string JSON {token, exp in Unix seconds}, as long as WeChat said: the account's access token."""
        return f"{self.prefix}:{{{appid}}}:token"

    def token_lock(self, appid: str) -> str:
        """string, ≤ 60 s: the mark of the one process that fetches a token, or that just failed to."""
        return f"{self.prefix}:{{{appid}}}:token-lock"

    def erasures(self) -> str:
        """set of openids, until each is erased in full: who left."""
        return f"{self.prefix}:erasures"

    def erased(self) -> str:
        """string, until our own server's append-only file is written anew: somebody was erased."""
        return f"{self.prefix}:erased"

    def departed(self) -> str:
        """hash person id → when she left (ISO), until the list beside the database has it."""
        return f"{self.prefix}:departed"

    def who(self, person_id: str) -> str:
        """string openid, until erased: the way from a person's id back to the WeChat user."""
        return f"{self.prefix}:who:{person_id}"
