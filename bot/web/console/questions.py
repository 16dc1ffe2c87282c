"""待答 and the rulebook: what no rule holds is answered, made a rule for everybody, and taken back."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import at_desk
from bot.web.console.forms import Asked, Submission, agreed, perform, said, told_before
from handlers import texts
from handlers.acts import questions as acts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.matters import Question
from storage.questions import number_of


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/questions")
    def questions() -> ResponseReturnValue:
        desk = at_desk()
        kept = desk.store.questions.all(desk.campaign.id)
        return render_template(
            "console/questions.html",
            desk=desk,
            told=told_before(),
            waiting=[each for each in kept if each.state == "open"],
            answered=[each for each in kept if each.state == "answered"],
            adopted=[(number_of(r), r) for r in desk.campaign.rulebook if r.status == "answered"],
            most=acts.ANSWER_LETTERS,
        )

    @pages.get("/console/<campaign_id>/rules")
    def rules() -> ResponseReturnValue:
        """The rulebook as it answers now, each entry with its source."""
        return render_template("console/rules.html", desk=at_desk(), told=None, rules=at_desk().campaign.rulebook)

    @pages.post("/console/<campaign_id>/questions/<number>/answer")
    def answer(number: str) -> ResponseReturnValue:
        """To whoever asked, who is not shown."""

        def act(submission: Submission) -> str:
            actor = submission.actor("answer")
            acts.answer(actor, _question(actor, number), said("answer"))
            return texts.questions.question_answered(number)

        return perform(act, url_for("console.questions"), questions)

    @pages.post("/console/<campaign_id>/questions/<number>/adopt")
    def adopt(number: str) -> ResponseReturnValue:
        """What would become a rule for everybody is shown first, and whether those who ask so would find it."""

        def act(submission: Submission) -> str:
            actor = submission.actor("adopt")
            acts.require_whole_campaign(actor.membership)
            would = acts.adoption(actor.campaign, _question(actor, number), said("phrasing"))
            if agreed() != would.phrasing:
                shown = texts.questions.ask_adopt(actor.campaign, would.phrasing, would.answer, would.found)
                raise Asked(shown, (would.phrasing, texts.console.adopt_answer()))
            version = acts.adopt(actor, number, would.phrasing)
            actor.store.campaigns.look_again()
            return texts.questions.question_adopted(would.phrasing, version, number, would.found)

        return perform(act, url_for("console.questions"), questions)

    @pages.post("/console/<campaign_id>/questions/<number>/withdraw")
    def withdraw(number: str) -> ResponseReturnValue:
        """The answer is a rule no more."""

        def act(submission: Submission) -> str:
            actor = submission.actor("withdraw")
            acts.require_whole_campaign(actor.membership)
            rule = acts.adopted_rule(actor.campaign, number)
            if rule and not agreed():
                shown = texts.questions.ask_withdraw(actor.campaign, number, rule.questions[0], rule.answer)
                raise Asked(shown, ("yes", texts.console.withdraw_answer()))
            acts.withdraw(actor, number)
            actor.store.campaigns.look_again()
            return texts.questions.question_withdrawn(number)

        return perform(act, url_for("console.questions"), questions)


def _question(actor: Actor, number: str) -> Question:
    if (question := actor.store.questions.matters.get(actor.campaign.id, number)) is None:
        raise UserError(texts.questions.no_such_matter(number))
    return question
