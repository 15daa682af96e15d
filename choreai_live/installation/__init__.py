"""Starting the kiosk at login, and telling systemd that it is well."""

from choreai_live.installation.notify import beat, ready, stopping

__all__ = ["beat", "ready", "stopping"]
