from eigenpal._resources.saved_artifacts import FailedArtifact as FailedArtifact, SavedArtifact as SavedArtifact
from eigenpal._response_info import ResponseInfo as ResponseInfo
from eigenpal._runs.comparison_report import (
    RunComparisonReport as RunComparisonReport,
    RunJsonDifference as RunJsonDifference,
    RunMatchedFile as RunMatchedFile,
    RunStepComparison as RunStepComparison,
)
from eigenpal._runs.many.async_batch import AsyncRunBatch as AsyncRunBatch
from eigenpal._runs.many.results import (
    BatchProgress as BatchProgress,
    BatchSummary as BatchSummary,
    RunResult as RunResult,
)
from eigenpal._runs.many.sync_batch import RunBatch as RunBatch
from eigenpal._runs.targets import StructuredTarget as StructuredTarget, Target as Target
from eigenpal._transport import AsyncStream as AsyncStream, Stream as Stream
from eigenpal.errors import Issue as Issue
from eigenpal_generated.models import *  # noqa: F403 - all models, including future ones
from eigenpal_generated.runtime import (
    DownloadTarget as DownloadTarget,
    FileContent as FileContent,
    FileInput as FileInput,
    Model as Model,
    Page as Page,
    Progress as Progress,
    TypedFileContent as TypedFileContent,
)
