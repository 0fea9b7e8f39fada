using System.Text.Json;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes.Steps;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>The Jobs that work on a node.</summary>
internal static class JobRequests
{
    // Asking for a reboot takes moments; what takes long is the node, and reboot.timeout bounds that.
    private static readonly TimeSpan RebootTimeout = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The name of the Job of a step of the node's operation. What was verified in one boot says nothing of the next, so each has a Job of its own.
    /// </summary>
    public static string NameOf(NodeInput input, OperationStep step, int attempt)
    {
        var (run, node) = (input.Spec.Operation!.RunUid, input.Node!);
        return JobNames.For(new NodeKey(node.Name, node.Uid), step == OperationStep.Verify ? $"{run}/{node.BootId}" : run, step, attempt);
    }

    /// <summary>Makes the Job of a step of the node's operation: the agent's, or that of a hook.</summary>
    public static Effect Create(NodeInput input, OperationStep step, int attempt) =>
        HookStep.Template(input.Settings.Hooks, step) is { } hook
            ? new CreateHookJob(ForHook(input, step, hook, NameOf(input, step, attempt)))
            : new CreateJob(ForStep(input, step, attempt));

    /// <summary>The Job of a step of the node's operation.</summary>
    public static JobRequest ForStep(NodeInput input, OperationStep step, int attempt)
    {
        var (operation, node) = (input.Spec.Operation!, input.Node!);
        var key = new NodeKey(node.Name, node.Uid);
        var name = NameOf(input, step, attempt);
        return new JobRequest
        {
            Name = name,
            Node = node.Name,
            Policy = input.Policy?.Name,
            Owner = Owner(input, name),
            Step = step,
            Operation = JobNames.Operation(key, operation.RunUid),
            Run = operation.Run,
            Updates = step == OperationStep.Reboot ? [] : operation.Updates,
            Freeze = operation.Settings.Freeze,
            RefreshPackageLists = operation.Settings.RefreshPackageLists,
            SecuritySources = operation.Settings.SecuritySources,
            BootId = node.BootId,
            Timeout = step switch
            {
                OperationStep.Patch => Durations.Parse(operation.Settings.PatchTimeout),
                OperationStep.Reboot => RebootTimeout,
                _ => Durations.Parse(operation.Settings.ScanTimeout),
            },
        };
    }

    private static HookJobRequest ForHook(NodeInput input, OperationStep step, JobTemplate template, string name) => new()
    {
        Name = name,
        Hook = JsonNamingPolicy.CamelCase.ConvertName(step.ToString()),
        Template = template,
        Run = input.Record.Run,
        Policy = input.PolicyOfRun,
        Node = input.Node!.Name,
        Wave = input.Wave(),
        Owner = Owner(input, name),
    };

    private static (string Name, string Uid)? Owner(NodeInput input, string name) => input.Jobs.ContainsKey(name)
        ? null
        : Jobs.OfTurn(input).FirstOrDefault(job => job.Owner is null) is { } first ? (first.Name, first.Uid) : null;

    /// <summary>The Job of a scan that belongs to no operation.</summary>
    public static JobRequest ForScan(NodeInput input, PolicyTerms policy, int attempt)
    {
        var node = input.Node!;
        var key = new NodeKey(node.Name, node.Uid);
        // Unique to this scan: the last one's time, the boot, and since when the node has fallen behind, as each can make a new one due.
        var occasion = $"scan/{input.Status.LastScan?.Time.ToUnixTimeSeconds()}/{node.BootId}"
            + (input.Status.Quarantine is { } quarantine ? $"/{quarantine.Since.ToUnixTimeSeconds()}" : "");
        return new JobRequest
        {
            Name = JobNames.For(key, occasion, OperationStep.Scan, attempt),
            Node = node.Name,
            Policy = policy.Name,
            Step = OperationStep.Scan,
            Operation = JobNames.Operation(key, occasion),
            RefreshPackageLists = policy.Spec.Updates.RefreshPackageLists,
            SecuritySources = policy.Spec.Updates.SecuritySources,
            BootId = node.BootId,
            Timeout = Durations.Parse(policy.Spec.Scan.Timeout),
        };
    }
}
