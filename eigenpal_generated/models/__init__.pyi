# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.models.agent_file_entry import AgentFileEntry as AgentFileEntry
from eigenpal_generated.models.agent_files_conflict import AgentFilesConflict as AgentFilesConflict
from eigenpal_generated.models.agent_recovery_kind import AgentRecoveryKind as AgentRecoveryKind
from eigenpal_generated.models.agent_run_execution import AgentRunExecution as AgentRunExecution
from eigenpal_generated.models.agent_run_expected import AgentRunExpected as AgentRunExpected
from eigenpal_generated.models.agent_run_files import AgentRunFiles as AgentRunFiles
from eigenpal_generated.models.agent_source_integrity import AgentSourceIntegrity as AgentSourceIntegrity
from eigenpal_generated.models.agent_stats import AgentStats as AgentStats
from eigenpal_generated.models.agent_summary import AgentSummary as AgentSummary
from eigenpal_generated.models.agent_version import AgentVersion as AgentVersion
from eigenpal_generated.models.agent_version_author import AgentVersionAuthor as AgentVersionAuthor
from eigenpal_generated.models.api_error_envelope import ApiErrorEnvelope as ApiErrorEnvelope
from eigenpal_generated.models.api_error_issue import ApiErrorIssue as ApiErrorIssue
from eigenpal_generated.models.automation_status import AutomationStatus as AutomationStatus
from eigenpal_generated.models.automation_sync_response import AutomationSyncResponse as AutomationSyncResponse
from eigenpal_generated.models.automation_type import AutomationType as AutomationType
from eigenpal_generated.models.copy_expected_output_body import CopyExpectedOutputBody as CopyExpectedOutputBody
from eigenpal_generated.models.create_agent_body import CreateAgentBody as CreateAgentBody
from eigenpal_generated.models.create_agent_response import CreateAgentResponse as CreateAgentResponse
from eigenpal_generated.models.create_email_alias_body import CreateEmailAliasBody as CreateEmailAliasBody
from eigenpal_generated.models.delete_email_alias_response import DeleteEmailAliasResponse as DeleteEmailAliasResponse
from eigenpal_generated.models.email_alias_response import EmailAliasResponse as EmailAliasResponse
from eigenpal_generated.models.email_alias_status import EmailAliasStatus as EmailAliasStatus
from eigenpal_generated.models.email_trigger_response import EmailTriggerResponse as EmailTriggerResponse
from eigenpal_generated.models.encrypted_secret import EncryptedSecret as EncryptedSecret
from eigenpal_generated.models.encrypted_secret_entry import EncryptedSecretEntry as EncryptedSecretEntry
from eigenpal_generated.models.error_severity import ErrorSeverity as ErrorSeverity
from eigenpal_generated.models.execution_status import ExecutionStatus as ExecutionStatus
from eigenpal_generated.models.feedback_rating import FeedbackRating as FeedbackRating
from eigenpal_generated.models.feedback_status import FeedbackStatus as FeedbackStatus
from eigenpal_generated.models.get_agent_response import GetAgentResponse as GetAgentResponse
from eigenpal_generated.models.legacy_run_input_body import LegacyRunInputBody as LegacyRunInputBody
from eigenpal_generated.models.legacy_run_start_response import LegacyRunStartResponse as LegacyRunStartResponse
from eigenpal_generated.models.legacy_run_status import LegacyRunStatus as LegacyRunStatus
from eigenpal_generated.models.list_agent_versions_response import (
    ListAgentVersionsResponse as ListAgentVersionsResponse,
)
from eigenpal_generated.models.list_agents_response import ListAgentsResponse as ListAgentsResponse
from eigenpal_generated.models.list_email_triggers_response import (
    ListEmailTriggersResponse as ListEmailTriggersResponse,
)
from eigenpal_generated.models.list_versions_response import ListVersionsResponse as ListVersionsResponse
from eigenpal_generated.models.list_workflows_response import ListWorkflowsResponse as ListWorkflowsResponse
from eigenpal_generated.models.lockfile_node import LockfileNode as LockfileNode
from eigenpal_generated.models.patch_agent_body import PatchAgentBody as PatchAgentBody
from eigenpal_generated.models.patch_agent_response import PatchAgentResponse as PatchAgentResponse
from eigenpal_generated.models.plaintext_secret_entry import PlaintextSecretEntry as PlaintextSecretEntry
from eigenpal_generated.models.put_agent_file_body import PutAgentFileBody as PutAgentFileBody
from eigenpal_generated.models.raw_source_response import RawSourceResponse as RawSourceResponse
from eigenpal_generated.models.rename_expected_file_body import RenameExpectedFileBody as RenameExpectedFileBody
from eigenpal_generated.models.run import Run as Run
from eigenpal_generated.models.run_accepted import RunAccepted as RunAccepted
from eigenpal_generated.models.run_artifact import RunArtifact as RunArtifact
from eigenpal_generated.models.run_artifacts_response import RunArtifactsResponse as RunArtifactsResponse
from eigenpal_generated.models.run_cancel_execution import RunCancelExecution as RunCancelExecution
from eigenpal_generated.models.run_cancel_response import RunCancelResponse as RunCancelResponse
from eigenpal_generated.models.run_cancellation import RunCancellation as RunCancellation
from eigenpal_generated.models.run_cancellation_state import RunCancellationState as RunCancellationState
from eigenpal_generated.models.run_debug import RunDebug as RunDebug
from eigenpal_generated.models.run_definition_response import RunDefinitionResponse as RunDefinitionResponse
from eigenpal_generated.models.run_eval import RunEval as RunEval
from eigenpal_generated.models.run_execution import (
    RunExecution as RunExecution,
    decode_run_execution as decode_run_execution,
)
from eigenpal_generated.models.run_execution_meta import RunExecutionMeta as RunExecutionMeta
from eigenpal_generated.models.run_execution_retry import RunExecutionRetry as RunExecutionRetry
from eigenpal_generated.models.run_feedback import RunFeedback as RunFeedback
from eigenpal_generated.models.run_feedback_request import RunFeedbackRequest as RunFeedbackRequest
from eigenpal_generated.models.run_file import RunFile as RunFile
from eigenpal_generated.models.run_file_reference import RunFileReference as RunFileReference
from eigenpal_generated.models.run_files_response import RunFilesResponse as RunFilesResponse
from eigenpal_generated.models.run_input import RunInput as RunInput
from eigenpal_generated.models.run_list_item import RunListItem as RunListItem
from eigenpal_generated.models.run_origin import RunOrigin as RunOrigin
from eigenpal_generated.models.run_overrides import RunOverrides as RunOverrides
from eigenpal_generated.models.run_rerun_response import RunRerunResponse as RunRerunResponse
from eigenpal_generated.models.run_retry_link import RunRetryLink as RunRetryLink
from eigenpal_generated.models.run_section import RunSection as RunSection
from eigenpal_generated.models.run_source import RunSource as RunSource
from eigenpal_generated.models.run_source_git import RunSourceGit as RunSourceGit
from eigenpal_generated.models.run_start_body import RunStartBody as RunStartBody
from eigenpal_generated.models.run_start_response import (
    RunStartResponse as RunStartResponse,
    decode_run_start_response as decode_run_start_response,
)
from eigenpal_generated.models.run_timing import RunTiming as RunTiming
from eigenpal_generated.models.run_token_usage import RunTokenUsage as RunTokenUsage
from eigenpal_generated.models.run_trace_response import RunTraceResponse as RunTraceResponse
from eigenpal_generated.models.run_trigger import RunTrigger as RunTrigger
from eigenpal_generated.models.run_trigger_user import RunTriggerUser as RunTriggerUser
from eigenpal_generated.models.run_type import RunType as RunType
from eigenpal_generated.models.run_usage import RunUsage as RunUsage
from eigenpal_generated.models.runs_list_response import RunsListResponse as RunsListResponse
from eigenpal_generated.models.source_lockfile_response import SourceLockfileResponse as SourceLockfileResponse
from eigenpal_generated.models.source_release import SourceRelease as SourceRelease
from eigenpal_generated.models.source_releases_response import SourceReleasesResponse as SourceReleasesResponse
from eigenpal_generated.models.source_repository_response import SourceRepositoryResponse as SourceRepositoryResponse
from eigenpal_generated.models.source_secrets_decrypt_body import SourceSecretsDecryptBody as SourceSecretsDecryptBody
from eigenpal_generated.models.source_secrets_decrypt_response import (
    SourceSecretsDecryptResponse as SourceSecretsDecryptResponse,
)
from eigenpal_generated.models.source_secrets_encrypt_body import SourceSecretsEncryptBody as SourceSecretsEncryptBody
from eigenpal_generated.models.source_secrets_encrypt_response import (
    SourceSecretsEncryptResponse as SourceSecretsEncryptResponse,
)
from eigenpal_generated.models.synced_automation import SyncedAutomation as SyncedAutomation
from eigenpal_generated.models.trigger_flags import TriggerFlags as TriggerFlags
from eigenpal_generated.models.update_email_alias_body import UpdateEmailAliasBody as UpdateEmailAliasBody
from eigenpal_generated.models.update_email_trigger_body import UpdateEmailTriggerBody as UpdateEmailTriggerBody
from eigenpal_generated.models.update_email_trigger_response import (
    UpdateEmailTriggerResponse as UpdateEmailTriggerResponse,
)
from eigenpal_generated.models.upload_agent_files_body import UploadAgentFilesBody as UploadAgentFilesBody
from eigenpal_generated.models.workflow_detail import WorkflowDetail as WorkflowDetail
from eigenpal_generated.models.workflow_kind import WorkflowKind as WorkflowKind
from eigenpal_generated.models.workflow_run_execution import WorkflowRunExecution as WorkflowRunExecution
from eigenpal_generated.models.workflow_summary import WorkflowSummary as WorkflowSummary
from eigenpal_generated.models.workflow_version import WorkflowVersion as WorkflowVersion

__all__ = [
    "AgentFileEntry",
    "AgentFilesConflict",
    "AgentRecoveryKind",
    "AgentRunExecution",
    "AgentRunExpected",
    "AgentRunFiles",
    "AgentSourceIntegrity",
    "AgentStats",
    "AgentSummary",
    "AgentVersion",
    "AgentVersionAuthor",
    "ApiErrorEnvelope",
    "ApiErrorIssue",
    "AutomationStatus",
    "AutomationSyncResponse",
    "AutomationType",
    "CopyExpectedOutputBody",
    "CreateAgentBody",
    "CreateAgentResponse",
    "CreateEmailAliasBody",
    "DeleteEmailAliasResponse",
    "EmailAliasResponse",
    "EmailAliasStatus",
    "EmailTriggerResponse",
    "EncryptedSecret",
    "EncryptedSecretEntry",
    "ErrorSeverity",
    "ExecutionStatus",
    "FeedbackRating",
    "FeedbackStatus",
    "GetAgentResponse",
    "LegacyRunInputBody",
    "LegacyRunStartResponse",
    "LegacyRunStatus",
    "ListAgentVersionsResponse",
    "ListAgentsResponse",
    "ListEmailTriggersResponse",
    "ListVersionsResponse",
    "ListWorkflowsResponse",
    "LockfileNode",
    "PatchAgentBody",
    "PatchAgentResponse",
    "PlaintextSecretEntry",
    "PutAgentFileBody",
    "RawSourceResponse",
    "RenameExpectedFileBody",
    "Run",
    "RunAccepted",
    "RunArtifact",
    "RunArtifactsResponse",
    "RunCancelExecution",
    "RunCancelResponse",
    "RunCancellation",
    "RunCancellationState",
    "RunDebug",
    "RunDefinitionResponse",
    "RunEval",
    "RunExecution",
    "decode_run_execution",
    "RunExecutionMeta",
    "RunExecutionRetry",
    "RunFeedback",
    "RunFeedbackRequest",
    "RunFile",
    "RunFileReference",
    "RunFilesResponse",
    "RunInput",
    "RunListItem",
    "RunOrigin",
    "RunOverrides",
    "RunRerunResponse",
    "RunRetryLink",
    "RunSection",
    "RunSource",
    "RunSourceGit",
    "RunStartBody",
    "RunStartResponse",
    "decode_run_start_response",
    "RunTiming",
    "RunTokenUsage",
    "RunTraceResponse",
    "RunTrigger",
    "RunTriggerUser",
    "RunType",
    "RunUsage",
    "RunsListResponse",
    "SourceLockfileResponse",
    "SourceRelease",
    "SourceReleasesResponse",
    "SourceRepositoryResponse",
    "SourceSecretsDecryptBody",
    "SourceSecretsDecryptResponse",
    "SourceSecretsEncryptBody",
    "SourceSecretsEncryptResponse",
    "SyncedAutomation",
    "TriggerFlags",
    "UpdateEmailAliasBody",
    "UpdateEmailTriggerBody",
    "UpdateEmailTriggerResponse",
    "UploadAgentFilesBody",
    "WorkflowDetail",
    "WorkflowKind",
    "WorkflowRunExecution",
    "WorkflowSummary",
    "WorkflowVersion",
]
