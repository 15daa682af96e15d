"""What the program tells of itself while it runs: figures, metrics and a status page."""

from choreai_live.monitoring.collector import FiguresCollector
from choreai_live.monitoring.figures import Figures
from choreai_live.monitoring.server import MetricsServer, MonitoringError

__all__ = ["Figures", "FiguresCollector", "MetricsServer", "MonitoringError"]
