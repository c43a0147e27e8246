"""The lint's door for questionnaires: what may not be said in a reply may not be sent to everybody either."""

from collections.abc import Iterator

from bot.desk.lint import Linter, Severity
from bot.desk.questionnaire import Questionnaire


def unfit(linter: Linter, questionnaire: Questionnaire) -> Iterator[str]:
    """What the lint would hold back, or remark on, in a colleague's reply: a line each."""
    for text in questionnaire.texts():
        for finding in linter.check(text).findings:
            if finding.severity in (Severity.BLOCK, Severity.WARN):
                yield f"“{finding.matched}”：{finding.why}"
