"""Settings: sign-in and sign-out against the shift, leave, handing over. The manual names no figures: conventions."""

from datetime import timedelta
from typing import Literal

from bot.config_models.parts import Duration, Part
from bot.desk.attendance import AttendanceTerms


class AttendanceSettings(Part):
    """The times of attendance, and whose approval leave needs."""

    late_grace: Duration = timedelta(minutes=5)
    early_grace: Duration = timedelta(minutes=5)
    absent_after: Duration = timedelta(minutes=30)
    announce_lead: Duration = timedelta(minutes=10)
    handover_lead: Duration = timedelta(minutes=10)
    handover_within: Duration = timedelta(minutes=15)
    sign_off_after: Duration = timedelta(hours=1)
    leave_approver: Literal["manager", "supervisor"] = "manager"

    def terms(self) -> AttendanceTerms:
        """The same as the desk knows it."""
        return AttendanceTerms(
            late_grace=self.late_grace,
            early_grace=self.early_grace,
            absent_after=self.absent_after,
            announce_lead=self.announce_lead,
            handover_lead=self.handover_lead,
            handover_within=self.handover_within,
            closes_after=self.sign_off_after,
            leave_approver=self.leave_approver,
        )
