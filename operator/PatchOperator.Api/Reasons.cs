namespace PatchOperator.Api;

/// <summary>Every reason that appears in a condition, a compliance state, a failure or an event.</summary>
public static class Reasons
{
    // Conditions of every kind

    /// <summary>The spec is valid and being acted on.</summary>
    public const string Accepted = "Accepted";

    /// <summary>The spec is invalid; the message names the field. Nothing is done to any node until it is mended.</summary>
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>Nothing is left to do for now.</summary>
    public const string UpToDate = "UpToDate";

    /// <summary>The API server, or a webhook behind it, refuses what has to be done; the message has its words. It is tried again.</summary>
    public const string ApiRefused = "ApiRefused";

    // PatchWindow

    /// <summary>The window is open.</summary>
    public const string WindowOpen = "WindowOpen";

    /// <summary>The window is closed.</summary>
    public const string WindowClosed = "WindowClosed";

    /// <summary>A window with the effect Blackout lasts, or is invalid: the windows of the policies that it selects are closed.</summary>
    public const string BlackoutLasts = "BlackoutLasts";

    /// <summary>No time of a window with the effect Blackout lasts.</summary>
    public const string BlackoutOver = "BlackoutOver";

    // PatchPolicy

    /// <summary>Nodes need patching, and a Blackout window keeps every window of the policy closed.</summary>
    public const string Frozen = "Frozen";

    /// <summary>Every matched node is compliant.</summary>
    public const string AllNodesCompliant = "AllNodesCompliant";

    /// <summary>Some matched nodes are not compliant, or not known to be.</summary>
    public const string NodesNotCompliant = "NodesNotCompliant";

    /// <summary>The selector matches no node that belongs to this policy.</summary>
    public const string NoNodes = "NoNodes";

    /// <summary>The policy is suspended: nodes are scanned, none is patched.</summary>
    public const string Suspended = "Suspended";

    /// <summary>A run is patching nodes.</summary>
    public const string RunInProgress = "RunInProgress";

    /// <summary>Nodes need patching and wait for a window to open.</summary>
    public const string WaitingForWindow = "WaitingForWindow";

    /// <summary>A node names a time zone that does not exist, so that no window with the timing NodeLocal is open for it.</summary>
    public const string TimeZoneUnknown = "TimeZoneUnknown";

    /// <summary>Nodes need patching, but the policy names no window.</summary>
    public const string NoWindow = "NoWindow";

    /// <summary>Nodes have not been scanned yet.</summary>
    public const string Scanning = "Scanning";

    /// <summary>The run has halted at its failure threshold and waits for a person.</summary>
    public const string RunHalted = "RunHalted";

    /// <summary>Nodes that failed in this opening of the window are tried again in the next.</summary>
    public const string WaitingForNextOpening = "WaitingForNextOpening";

    // PatchRun

    /// <summary>A person asked to resume a run that is not halted; the annotation was taken off.</summary>
    public const string ResumeIgnored = "ResumeIgnored";

    /// <summary>A health check that is asked now fails, or cannot be evaluated; the message says which, and why.</summary>
    public const string HealthCheckFailing = "HealthCheckFailing";

    /// <summary>A health check passes again.</summary>
    public const string HealthCheckPassing = "HealthCheckPassing";

    /// <summary>A person has made the run, and the operator has not planned it yet; the message says what it waits for.</summary>
    public const string PendingPlan = "PendingPlan";

    /// <summary>The run waits until a person approves its plan; the message has the digest.</summary>
    public const string PendingApproval = "PendingApproval";

    /// <summary>A person has approved the run's plan.</summary>
    public const string RunApproved = "RunApproved";

    /// <summary>An approval names another plan than the run has, and counts for nothing.</summary>
    public const string ApprovalIgnored = "ApprovalIgnored";

    /// <summary>A wave has finished, and the next waits until its soak is over.</summary>
    public const string RunSoaking = "RunSoaking";

    /// <summary>A person has paused the run: nodes in flight finish, no other begins.</summary>
    public const string RunPaused = "RunPaused";

    /// <summary>A run was made.</summary>
    public const string RunCreated = "RunCreated";

    /// <summary>Nodes are being patched, or are waiting for a slot in the budget.</summary>
    public const string RunRunning = "RunRunning";

    /// <summary>Every node was patched and verified, or needed nothing any more.</summary>
    public const string RunSucceeded = "RunSucceeded";

    /// <summary>The run is over, and nodes failed in it.</summary>
    public const string RunFailed = "RunFailed";

    /// <summary>A person has cancelled the run, or its policy was deleted while it was under way.</summary>
    public const string RunCancelled = "RunCancelled";

    /// <summary>The policy was edited, or what is to be done changed before it was approved: the nodes that are left belong to the next run.</summary>
    public const string RunSuperseded = "RunSuperseded";

    // Compliance of a node

    /// <summary>No approved update is pending and no reboot is due.</summary>
    public const string Compliant = "Compliant";

    /// <summary>The node has nothing that could be patched.</summary>
    public const string NothingToPatch = "NothingToPatch";

    /// <summary>Approved updates are pending.</summary>
    public const string UpdatesPending = "UpdatesPending";

    /// <summary>Packages on the node are not whole, so that what they do is not known.</summary>
    public const string PackagesIncomplete = "PackagesIncomplete";

    /// <summary>An archive has security updates, or others that the policy asks for, that the package manager would not install.</summary>
    public const string UpdatesBlocked = "UpdatesBlocked";

    /// <summary>The node has no package lists, or not all: what is pending is not known.</summary>
    public const string ListsMissing = "ListsMissing";

    /// <summary>The list of pending updates was cut, and the policy asks for something else by now.</summary>
    public const string UpdatesUnlisted = "UpdatesUnlisted";

    /// <summary>The node's package lists are older than updates.maxListAge.</summary>
    public const string ListsStale = "ListsStale";

    /// <summary>Everything is installed; a reboot is due for it to take effect.</summary>
    public const string RebootPending = "RebootPending";

    /// <summary>The node joined after its policy was made, and has not been verified yet.</summary>
    public const string NodeJoined = "NodeJoined";

    /// <summary>The node was away for so long that nothing was known of it any more, and has not been verified since.</summary>
    public const string NodeReturned = "NodeReturned";

    /// <summary>The node went back to an earlier state, as by a snapshot of its disk, and has not been verified since.</summary>
    public const string NodeReverted = "NodeReverted";

    /// <summary>The node bears the taint of nodes that are not known to be patched, and has not been verified since.</summary>
    public const string NodeTainted = "NodeTainted";

    /// <summary>A node that had fallen behind has been verified, and is as it should be.</summary>
    public const string QuarantineEnded = "QuarantineEnded";

    /// <summary>The node has not been scanned yet.</summary>
    public const string NotScanned = "NotScanned";

    /// <summary>The scan failed; the message says how.</summary>
    public const string ScanFailed = "ScanFailed";

    /// <summary>The last good scan is older than twice the interval.</summary>
    public const string ScanStale = "ScanStale";

    /// <summary>Whether a reboot is due could not be found out.</summary>
    public const string RebootUnknown = "RebootUnknown";

    /// <summary>The last operation on the node failed; see its lastOperation.</summary>
    public const string OperationFailed = "OperationFailed";

    // Events and conditions of a node's operation

    /// <summary>The node is idle.</summary>
    public const string Idle = "Idle";

    /// <summary>The operation is under way.</summary>
    public const string OperationInProgress = "OperationInProgress";

    /// <summary>The node was patched, rebooted where due, and verified.</summary>
    public const string OperationSucceeded = "OperationSucceeded";

    /// <summary>The run was withdrawn; the node was restored.</summary>
    public const string OperationCancelled = "OperationCancelled";

    // Failures of a step; a Job's own reasons come from the agent, see its AgentReasons

    /// <summary>Pods could not be evicted in time; the message names the pod and the PodDisruptionBudget.</summary>
    public const string DrainTimedOut = "DrainTimedOut";

    /// <summary>A PodDisruptionBudget does not allow a pod to be evicted now; it is asked again.</summary>
    public const string DrainBlocked = "DrainBlocked";

    /// <summary>The eviction of a pod is refused, as by a webhook; it is asked for again.</summary>
    public const string EvictionRefused = "EvictionRefused";

    /// <summary>A pod that no controller owns keeps a node from being drained, as drain.unmanagedPods says.</summary>
    public const string UnmanagedPod = "UnmanagedPod";

    /// <summary>A pod with an emptyDir keeps a node from being drained, as drain.emptyDir says.</summary>
    public const string LocalStorage = "LocalStorage";

    /// <summary>Pods were deleted without eviction, past their PodDisruptionBudgets, as drain.onTimeout says.</summary>
    public const string DrainForced = "DrainForced";

    /// <summary>A turn has failed, and what it had changed on the node has been brought back, as onFailure.action says.</summary>
    public const string RolledBack = "RolledBack";

    /// <summary>A turn has failed, and what it had changed on the node could not be brought back: the node stays cordoned.</summary>
    public const string RollbackFailed = "RollbackFailed";

    /// <summary>An eviction can never succeed, as when two PodDisruptionBudgets select one pod.</summary>
    public const string DrainMisconfigured = "DrainMisconfigured";

    /// <summary>A Job ended without a valid report, as often as it was tried.</summary>
    public const string ReportMissing = "ReportMissing";

    /// <summary>What a Job has reported is not what it has written: somebody has altered it.</summary>
    public const string ReportAltered = "ReportAltered";

    /// <summary>A Job took longer than its timeout.</summary>
    public const string JobTimedOut = "JobTimedOut";

    /// <summary>A hook has failed; the message has its exit code and what it said last.</summary>
    public const string HookFailed = "HookFailed";

    /// <summary>A hook went well.</summary>
    public const string HookSucceeded = "HookSucceeded";

    /// <summary>A Job could not start on the node; the message says why.</summary>
    public const string JobNotStarted = "JobNotStarted";

    /// <summary>The node was not Ready with another boot ID within reboot.timeout.</summary>
    public const string RebootTimedOut = "RebootTimedOut";

    /// <summary>The node asks for a reboot again right after one.</summary>
    public const string RebootStillRequired = "RebootStillRequired";

    /// <summary>The node was not Ready for minReadySeconds in time.</summary>
    public const string NodeNotReady = "NodeNotReady";

    /// <summary>The node was deleted, or made anew under its name, before its turn in a run had ended; in a PatchRecord.</summary>
    public const string NodeGone = "NodeGone";

    // ImageBaseline; a step's own reasons come from the agent, see its ImageReasons

    /// <summary>There is no current image yet.</summary>
    public const string NoImage = "NoImage";

    /// <summary>A build was begun; the message says why.</summary>
    public const string ImageBuildStarted = "ImageBuildStarted";

    /// <summary>An attempt failed for a reason that passes, and is made again; the message says when.</summary>
    public const string ImageJobRetried = "ImageJobRetried";

    /// <summary>A build failed for a reason that lies in source, recipe or builder.</summary>
    public const string ImageBuildFailed = "ImageBuildFailed";

    /// <summary>The image could not be scanned.</summary>
    public const string ImageScanFailed = "ImageScanFailed";

    /// <summary>A build gave the current image again.</summary>
    public const string ImageUnchanged = "ImageUnchanged";

    /// <summary>A built image passed its tests and its gate, and is in the registry.</summary>
    public const string ImageVerified = "ImageVerified";

    /// <summary>A built image may not be promoted; the message says why.</summary>
    public const string ImageRejected = "ImageRejected";

    /// <summary>A verified image waits for its soak to pass.</summary>
    public const string ImageSoaking = "ImageSoaking";

    /// <summary>A verified image waits for a person to promote it.</summary>
    public const string AwaitingPromotion = "AwaitingPromotion";

    /// <summary>An image became the current one.</summary>
    public const string ImagePromoted = "ImagePromoted";

    /// <summary>The promote annotation names an image that may not be promoted.</summary>
    public const string PromotionRefused = "PromotionRefused";

    /// <summary>The current image was built from another spec.</summary>
    public const string ImageOutdated = "ImageOutdated";

    /// <summary>The image is named by spec.revoked.</summary>
    public const string ImageRevoked = "ImageRevoked";

    /// <summary>Live nodes came from a revoked image.</summary>
    public const string RevokedInUse = "RevokedInUse";

    /// <summary>A newer image took the place of this one before it was promoted.</summary>
    public const string Superseded = "Superseded";

    /// <summary>A test failed inside the image.</summary>
    public const string TestFailed = "TestFailed";

    /// <summary>More security updates are pending in the image than its gate allows.</summary>
    public const string SecurityUpdatesPending = "SecurityUpdatesPending";

    /// <summary>Nodes have updates that the image lacks.</summary>
    public const string BehindNodes = "BehindNodes";

    /// <summary>A build delivered something else than the contract asks for, or than it claims.</summary>
    public const string ResultInvalid = "ResultInvalid";

    /// <summary>The image is not in the registry.</summary>
    public const string ImageNotFound = "ImageNotFound";

    /// <summary>The registry does not answer, or refuses; it is asked again.</summary>
    public const string RegistryUnavailable = "RegistryUnavailable";

    /// <summary>Old images could not be deleted from the registry; the message says why.</summary>
    public const string RetentionFailed = "RetentionFailed";
}
