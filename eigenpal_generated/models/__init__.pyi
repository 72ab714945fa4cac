# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.models.agent_file_entry import (
    AgentFileEntry as AgentFileEntry,
    decode_agent_file_entry as decode_agent_file_entry,
)
from eigenpal_generated.models.agent_files_conflict import (
    AgentFilesConflict as AgentFilesConflict,
    decode_agent_files_conflict as decode_agent_files_conflict,
)
from eigenpal_generated.models.agent_recovery_kind import AgentRecoveryKind as AgentRecoveryKind
from eigenpal_generated.models.agent_run_execution import (
    AgentRunExecution as AgentRunExecution,
    decode_agent_run_execution as decode_agent_run_execution,
)
from eigenpal_generated.models.agent_run_expected import (
    AgentRunExpected as AgentRunExpected,
    decode_agent_run_expected as decode_agent_run_expected,
)
from eigenpal_generated.models.agent_run_files import (
    AgentRunFiles as AgentRunFiles,
    decode_agent_run_files as decode_agent_run_files,
)
from eigenpal_generated.models.agent_source_integrity import AgentSourceIntegrity as AgentSourceIntegrity
from eigenpal_generated.models.agent_stats import AgentStats as AgentStats, decode_agent_stats as decode_agent_stats
from eigenpal_generated.models.agent_summary import (
    AgentSummary as AgentSummary,
    decode_agent_summary as decode_agent_summary,
)
from eigenpal_generated.models.agent_version import (
    AgentVersion as AgentVersion,
    decode_agent_version as decode_agent_version,
)
from eigenpal_generated.models.agent_version_author import (
    AgentVersionAuthor as AgentVersionAuthor,
    decode_agent_version_author as decode_agent_version_author,
)
from eigenpal_generated.models.api_error_envelope import (
    ApiErrorEnvelope as ApiErrorEnvelope,
    decode_api_error_envelope as decode_api_error_envelope,
)
from eigenpal_generated.models.api_error_issue import (
    ApiErrorIssue as ApiErrorIssue,
    decode_api_error_issue as decode_api_error_issue,
)
from eigenpal_generated.models.automation_status import AutomationStatus as AutomationStatus
from eigenpal_generated.models.automation_sync_response import (
    AutomationSyncResponse as AutomationSyncResponse,
    decode_automation_sync_response as decode_automation_sync_response,
)
from eigenpal_generated.models.automation_type import AutomationType as AutomationType
from eigenpal_generated.models.copy_expected_output_body import (
    CopyExpectedOutputBody as CopyExpectedOutputBody,
    decode_copy_expected_output_body as decode_copy_expected_output_body,
)
from eigenpal_generated.models.create_agent_body import (
    CreateAgentBody as CreateAgentBody,
    decode_create_agent_body as decode_create_agent_body,
)
from eigenpal_generated.models.create_agent_response import (
    CreateAgentResponse as CreateAgentResponse,
    decode_create_agent_response as decode_create_agent_response,
)
from eigenpal_generated.models.create_email_alias_body import (
    CreateEmailAliasBody as CreateEmailAliasBody,
    decode_create_email_alias_body as decode_create_email_alias_body,
)
from eigenpal_generated.models.delete_email_alias_response import (
    DeleteEmailAliasResponse as DeleteEmailAliasResponse,
    decode_delete_email_alias_response as decode_delete_email_alias_response,
)
from eigenpal_generated.models.email_alias_response import (
    EmailAliasResponse as EmailAliasResponse,
    decode_email_alias_response as decode_email_alias_response,
)
from eigenpal_generated.models.email_alias_status import EmailAliasStatus as EmailAliasStatus
from eigenpal_generated.models.email_trigger_response import (
    EmailTriggerResponse as EmailTriggerResponse,
    decode_email_trigger_response as decode_email_trigger_response,
)
from eigenpal_generated.models.encrypted_secret import (
    EncryptedSecret as EncryptedSecret,
    decode_encrypted_secret as decode_encrypted_secret,
)
from eigenpal_generated.models.encrypted_secret_entry import (
    EncryptedSecretEntry as EncryptedSecretEntry,
    decode_encrypted_secret_entry as decode_encrypted_secret_entry,
)
from eigenpal_generated.models.error_severity import ErrorSeverity as ErrorSeverity
from eigenpal_generated.models.execution_status import ExecutionStatus as ExecutionStatus
from eigenpal_generated.models.feedback_rating import FeedbackRating as FeedbackRating
from eigenpal_generated.models.feedback_status import FeedbackStatus as FeedbackStatus
from eigenpal_generated.models.get_agent_response import (
    GetAgentResponse as GetAgentResponse,
    decode_get_agent_response as decode_get_agent_response,
)
from eigenpal_generated.models.legacy_run_input_body import (
    LegacyRunInputBody as LegacyRunInputBody,
    decode_legacy_run_input_body as decode_legacy_run_input_body,
)
from eigenpal_generated.models.legacy_run_start_response import (
    LegacyRunStartResponse as LegacyRunStartResponse,
    decode_legacy_run_start_response as decode_legacy_run_start_response,
)
from eigenpal_generated.models.legacy_run_status import LegacyRunStatus as LegacyRunStatus
from eigenpal_generated.models.list_agent_versions_response import (
    ListAgentVersionsResponse as ListAgentVersionsResponse,
    decode_list_agent_versions_response as decode_list_agent_versions_response,
)
from eigenpal_generated.models.list_agents_response import (
    ListAgentsResponse as ListAgentsResponse,
    decode_list_agents_response as decode_list_agents_response,
)
from eigenpal_generated.models.list_email_triggers_response import (
    ListEmailTriggersResponse as ListEmailTriggersResponse,
    decode_list_email_triggers_response as decode_list_email_triggers_response,
)
from eigenpal_generated.models.list_versions_response import (
    ListVersionsResponse as ListVersionsResponse,
    decode_list_versions_response as decode_list_versions_response,
)
from eigenpal_generated.models.list_workflows_response import (
    ListWorkflowsResponse as ListWorkflowsResponse,
    decode_list_workflows_response as decode_list_workflows_response,
)
from eigenpal_generated.models.lockfile_node import (
    LockfileNode as LockfileNode,
    decode_lockfile_node as decode_lockfile_node,
)
from eigenpal_generated.models.patch_agent_body import (
    PatchAgentBody as PatchAgentBody,
    decode_patch_agent_body as decode_patch_agent_body,
)
from eigenpal_generated.models.patch_agent_response import (
    PatchAgentResponse as PatchAgentResponse,
    decode_patch_agent_response as decode_patch_agent_response,
)
from eigenpal_generated.models.plaintext_secret_entry import (
    PlaintextSecretEntry as PlaintextSecretEntry,
    decode_plaintext_secret_entry as decode_plaintext_secret_entry,
)
from eigenpal_generated.models.put_agent_file_body import (
    PutAgentFileBody as PutAgentFileBody,
    decode_put_agent_file_body as decode_put_agent_file_body,
)
from eigenpal_generated.models.raw_source_response import (
    RawSourceResponse as RawSourceResponse,
    decode_raw_source_response as decode_raw_source_response,
)
from eigenpal_generated.models.rename_expected_file_body import (
    RenameExpectedFileBody as RenameExpectedFileBody,
    decode_rename_expected_file_body as decode_rename_expected_file_body,
)
from eigenpal_generated.models.run import Run as Run, decode_run as decode_run
from eigenpal_generated.models.run_accepted import (
    RunAccepted as RunAccepted,
    decode_run_accepted as decode_run_accepted,
)
from eigenpal_generated.models.run_artifact import (
    RunArtifact as RunArtifact,
    decode_run_artifact as decode_run_artifact,
)
from eigenpal_generated.models.run_artifacts_response import (
    RunArtifactsResponse as RunArtifactsResponse,
    decode_run_artifacts_response as decode_run_artifacts_response,
)
from eigenpal_generated.models.run_cancel_execution import (
    RunCancelExecution as RunCancelExecution,
    decode_run_cancel_execution as decode_run_cancel_execution,
)
from eigenpal_generated.models.run_cancel_response import (
    RunCancelResponse as RunCancelResponse,
    decode_run_cancel_response as decode_run_cancel_response,
)
from eigenpal_generated.models.run_cancellation import (
    RunCancellation as RunCancellation,
    decode_run_cancellation as decode_run_cancellation,
)
from eigenpal_generated.models.run_cancellation_state import RunCancellationState as RunCancellationState
from eigenpal_generated.models.run_debug import RunDebug as RunDebug, decode_run_debug as decode_run_debug
from eigenpal_generated.models.run_definition_response import (
    RunDefinitionResponse as RunDefinitionResponse,
    decode_run_definition_response as decode_run_definition_response,
)
from eigenpal_generated.models.run_eval import RunEval as RunEval, decode_run_eval as decode_run_eval
from eigenpal_generated.models.run_execution import (
    RunExecution as RunExecution,
    decode_run_execution as decode_run_execution,
)
from eigenpal_generated.models.run_execution_meta import (
    RunExecutionMeta as RunExecutionMeta,
    decode_run_execution_meta as decode_run_execution_meta,
)
from eigenpal_generated.models.run_execution_retry import (
    RunExecutionRetry as RunExecutionRetry,
    decode_run_execution_retry as decode_run_execution_retry,
)
from eigenpal_generated.models.run_feedback import (
    RunFeedback as RunFeedback,
    decode_run_feedback as decode_run_feedback,
)
from eigenpal_generated.models.run_feedback_request import (
    RunFeedbackRequest as RunFeedbackRequest,
    decode_run_feedback_request as decode_run_feedback_request,
)
from eigenpal_generated.models.run_file import RunFile as RunFile, decode_run_file as decode_run_file
from eigenpal_generated.models.run_file_reference import (
    RunFileReference as RunFileReference,
    decode_run_file_reference as decode_run_file_reference,
)
from eigenpal_generated.models.run_files_response import (
    RunFilesResponse as RunFilesResponse,
    decode_run_files_response as decode_run_files_response,
)
from eigenpal_generated.models.run_input import RunInput as RunInput, decode_run_input as decode_run_input
from eigenpal_generated.models.run_list_item import (
    RunListItem as RunListItem,
    decode_run_list_item as decode_run_list_item,
)
from eigenpal_generated.models.run_origin import RunOrigin as RunOrigin
from eigenpal_generated.models.run_overrides import (
    RunOverrides as RunOverrides,
    decode_run_overrides as decode_run_overrides,
)
from eigenpal_generated.models.run_rerun_response import RunRerunResponse as RunRerunResponse
from eigenpal_generated.models.run_retry_link import (
    RunRetryLink as RunRetryLink,
    decode_run_retry_link as decode_run_retry_link,
)
from eigenpal_generated.models.run_section import RunSection as RunSection
from eigenpal_generated.models.run_source import RunSource as RunSource, decode_run_source as decode_run_source
from eigenpal_generated.models.run_source_git import (
    RunSourceGit as RunSourceGit,
    decode_run_source_git as decode_run_source_git,
)
from eigenpal_generated.models.run_start_body import (
    RunStartBody as RunStartBody,
    decode_run_start_body as decode_run_start_body,
)
from eigenpal_generated.models.run_start_response import (
    RunStartResponse as RunStartResponse,
    decode_run_start_response as decode_run_start_response,
)
from eigenpal_generated.models.run_timing import RunTiming as RunTiming, decode_run_timing as decode_run_timing
from eigenpal_generated.models.run_token_usage import (
    RunTokenUsage as RunTokenUsage,
    decode_run_token_usage as decode_run_token_usage,
)
from eigenpal_generated.models.run_trace_response import (
    RunTraceResponse as RunTraceResponse,
    decode_run_trace_response as decode_run_trace_response,
)
from eigenpal_generated.models.run_trigger import RunTrigger as RunTrigger, decode_run_trigger as decode_run_trigger
from eigenpal_generated.models.run_trigger_user import (
    RunTriggerUser as RunTriggerUser,
    decode_run_trigger_user as decode_run_trigger_user,
)
from eigenpal_generated.models.run_type import RunType as RunType
from eigenpal_generated.models.run_usage import RunUsage as RunUsage, decode_run_usage as decode_run_usage
from eigenpal_generated.models.runs_list_response import (
    RunsListResponse as RunsListResponse,
    decode_runs_list_response as decode_runs_list_response,
)
from eigenpal_generated.models.source_lockfile_response import (
    SourceLockfileResponse as SourceLockfileResponse,
    decode_source_lockfile_response as decode_source_lockfile_response,
)
from eigenpal_generated.models.source_release import (
    SourceRelease as SourceRelease,
    decode_source_release as decode_source_release,
)
from eigenpal_generated.models.source_releases_response import (
    SourceReleasesResponse as SourceReleasesResponse,
    decode_source_releases_response as decode_source_releases_response,
)
from eigenpal_generated.models.source_repository_response import (
    SourceRepositoryResponse as SourceRepositoryResponse,
    decode_source_repository_response as decode_source_repository_response,
)
from eigenpal_generated.models.source_secrets_decrypt_body import (
    SourceSecretsDecryptBody as SourceSecretsDecryptBody,
    decode_source_secrets_decrypt_body as decode_source_secrets_decrypt_body,
)
from eigenpal_generated.models.source_secrets_decrypt_response import (
    SourceSecretsDecryptResponse as SourceSecretsDecryptResponse,
    decode_source_secrets_decrypt_response as decode_source_secrets_decrypt_response,
)
from eigenpal_generated.models.source_secrets_encrypt_body import (
    SourceSecretsEncryptBody as SourceSecretsEncryptBody,
    decode_source_secrets_encrypt_body as decode_source_secrets_encrypt_body,
)
from eigenpal_generated.models.source_secrets_encrypt_response import (
    SourceSecretsEncryptResponse as SourceSecretsEncryptResponse,
    decode_source_secrets_encrypt_response as decode_source_secrets_encrypt_response,
)
from eigenpal_generated.models.synced_automation import (
    SyncedAutomation as SyncedAutomation,
    decode_synced_automation as decode_synced_automation,
)
from eigenpal_generated.models.trigger_flags import (
    TriggerFlags as TriggerFlags,
    decode_trigger_flags as decode_trigger_flags,
)
from eigenpal_generated.models.update_email_alias_body import (
    UpdateEmailAliasBody as UpdateEmailAliasBody,
    decode_update_email_alias_body as decode_update_email_alias_body,
)
from eigenpal_generated.models.update_email_trigger_body import (
    UpdateEmailTriggerBody as UpdateEmailTriggerBody,
    decode_update_email_trigger_body as decode_update_email_trigger_body,
)
from eigenpal_generated.models.update_email_trigger_response import (
    UpdateEmailTriggerResponse as UpdateEmailTriggerResponse,
    decode_update_email_trigger_response as decode_update_email_trigger_response,
)
from eigenpal_generated.models.upload_agent_files_body import (
    UploadAgentFilesBody as UploadAgentFilesBody,
    decode_upload_agent_files_body as decode_upload_agent_files_body,
)
from eigenpal_generated.models.workflow_detail import (
    WorkflowDetail as WorkflowDetail,
    decode_workflow_detail as decode_workflow_detail,
)
from eigenpal_generated.models.workflow_kind import WorkflowKind as WorkflowKind
from eigenpal_generated.models.workflow_run_execution import (
    WorkflowRunExecution as WorkflowRunExecution,
    decode_workflow_run_execution as decode_workflow_run_execution,
)
from eigenpal_generated.models.workflow_summary import (
    WorkflowSummary as WorkflowSummary,
    decode_workflow_summary as decode_workflow_summary,
)
from eigenpal_generated.models.workflow_version import (
    WorkflowVersion as WorkflowVersion,
    decode_workflow_version as decode_workflow_version,
)

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
