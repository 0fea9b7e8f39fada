using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes;

/// <summary>The Jobs that work on a node.</summary>
internal static class JobRequests
{
    // Asking for a reboot takes moments; what takes long is the node, and reboot.timeout bounds that.
    private static readonly TimeSpan RebootTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The Job of a step of the node's operation.</summary>
    public static JobRequest ForStep(NodeInput input, OperationStep step, int attempt)
    {
        var (operation, node) = (input.Spec.Operation!, input.Node!);
        var key = new NodeKey(node.Name, node.Uid);
        return new JobRequest
        {
            Name = JobNames.For(key, operation.RunUid, step, attempt),
            Step = step,
            Operation = JobNames.Operation(key, operation.RunUid),
            Run = operation.Run,
            Updates = step == OperationStep.Reboot ? [] : operation.Updates,
            RefreshPackageLists = operation.Settings.RefreshPackageLists,
            SecuritySources = operation.Settings.SecuritySources,
            BootId = step == OperationStep.Reboot ? node.BootId : null,
            Timeout = step switch
            {
                OperationStep.Patch => Durations.Parse(operation.Settings.PatchTimeout),
                OperationStep.Reboot => RebootTimeout,
                _ => Durations.Parse(operation.Settings.ScanTimeout),
            },
        };
    }

    /// <summary>The Job of a scan that belongs to no operation.</summary>
    public static JobRequest ForScan(NodeInput input, PatchPolicySpec policy, int attempt)
    {
        var node = input.Node!;
        var key = new NodeKey(node.Name, node.Uid);
        // Unique to this scan: the last one's time, and the boot, since either can make a new one due.
        var occasion = $"scan/{input.Status.LastScan?.Time.ToUnixTimeSeconds()}/{node.BootId}";
        return new JobRequest
        {
            Name = JobNames.For(key, occasion, OperationStep.Scan, attempt),
            Step = OperationStep.Scan,
            Operation = JobNames.Operation(key, occasion),
            RefreshPackageLists = policy.Updates.RefreshPackageLists,
            SecuritySources = policy.Updates.SecuritySources,
            Timeout = Durations.Parse(policy.Scan.Timeout),
        };
    }
}
