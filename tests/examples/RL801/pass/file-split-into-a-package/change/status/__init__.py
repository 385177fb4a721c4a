from status.describing import describe
from status.explaining import explain
