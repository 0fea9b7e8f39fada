using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

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
            Node = node.Name,
            Policy = input.Policy?.Name,
            Owner = First(input, key, operation.RunUid),
            Step = step,
            Operation = JobNames.Operation(key, operation.RunUid),
            Run = operation.Run,
            Updates = step == OperationStep.Reboot ? [] : operation.Updates,
            RefreshPackageLists = operation.Settings.RefreshPackageLists,
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
    public static JobRequest ForScan(NodeInput input, PolicyTerms policy, int attempt)
    {
        var node = input.Node!;
        var key = new NodeKey(node.Name, node.Uid);
        // Unique to this scan: the last one's time, and the boot, since either can make a new one due.
        var occasion = $"scan/{input.Status.LastScan?.Time.ToUnixTimeSeconds()}/{node.BootId}";
        return new JobRequest
        {
            Name = JobNames.For(key, occasion, OperationStep.Scan, attempt),
            Node = node.Name,
            Policy = policy.Name,
            Step = OperationStep.Scan,
            Operation = JobNames.Operation(key, occasion),
            RefreshPackageLists = policy.Spec.Updates.RefreshPackageLists,
            Timeout = Durations.Parse(policy.Spec.Scan.Timeout),
        };
    }

    // Whichever of a turn's Jobs there was first: with it, all of them go in one write.
    private static (string Name, string Uid)? First(NodeInput input, NodeKey node, string operation) =>
        new[] { OperationStep.Patch, OperationStep.Reboot, OperationStep.Verify }
            .SelectMany(step => Enumerable.Range(1, Steps.AgentJobs.MaxAttempts).Select(attempt => JobNames.For(node, operation, step, attempt)))
            .Select(name => input.Jobs.GetValueOrDefault(name))
            .FirstOrDefault(job => job is { Owner: null }) is { } first
                ? (first.Name, first.Uid)
                : null;
}
