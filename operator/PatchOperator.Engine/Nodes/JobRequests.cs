using System.Text.Json;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;
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
    /// The name of the Job of a step of the node's operation. What was found in one boot says nothing of the next, so each has a Job of its own.
    /// </summary>
    public static string NameOf(NodeInput input, OperationStep step, int attempt)
    {
        var (run, node) = (input.Spec.Operation!.RunUid, input.Node!);
        var occasion = step switch
        {
            OperationStep.Verify or OperationStep.Rollback => $"{run}/{node.BootId}",
            // One that was for the patch is none for its rollback.
            OperationStep.Reboot when input.Status.LastOperation is { Rollback: not null } last && last.RunUid == run => $"{run}/rollback",
            _ => run,
        };
        return JobNames.For(new NodeKey(node.Name, node.Uid), occasion, step, attempt);
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
            // What is taken back, and which units ran before, is kept on the host under the name of what has replaced it.
            Operation = JobNames.Operation(key, operation.Undoes?.Uid ?? operation.RunUid),
            Run = operation.Run,
            Updates = step is OperationStep.Reboot or OperationStep.Rollback ? [] : operation.Updates,
            KeepReplaced = step == OperationStep.Patch && operation.Settings.OnFailure?.Action == FailureAction.Rollback,
            RebootFollows = step == OperationStep.Rollback && operation.Settings.Reboot.Mode != RebootMode.Never,
            Restarts = Restarts(step, operation.Settings),
            Verify = operation.Settings.Verify ?? new VerifySettings(),
            Freeze = operation.Settings.Freeze,
            RefreshPackageLists = operation.Settings.RefreshPackageLists,
            SecuritySources = operation.Settings.SecuritySources,
            AllowNewPackages = operation.Settings.AllowNewPackages ?? true,
            AllowRemovals = input.Policy?.Spec.Updates.AllowRemovals.Count > 0,
            Phasing = operation.Settings.Phasing ?? UpdatePhasing.Respect,
            StagingBytesPerSecond = step == OperationStep.Stage ? Bytes(operation.Settings.StagingBandwidth) : null,
            RemoveOldKernels = step is OperationStep.Stage or OperationStep.Patch && operation.Settings.OldKernels == OldKernels.Remove,
            BootId = node.BootId,
            Timeout = step switch
            {
                OperationStep.Stage or OperationStep.Patch or OperationStep.Rollback => Durations.Parse(operation.Settings.PatchTimeout),
                OperationStep.Reboot => RebootTimeout,
                _ => Durations.Parse(operation.Settings.ScanTimeout),
            },
        };
    }

    // A node that is rebooted whatever happens needs none.
    private static RestartMode Restarts(OperationStep step, RunSettings settings) => (step, settings.RestartServices, settings.Reboot.Mode) switch
    {
        (not (OperationStep.Patch or OperationStep.Rollback), _, _) or (_, not RestartServices.Affected, _) or (_, _, RebootMode.Always) => RestartMode.Never,
        (_, _, RebootMode.Never) => RestartMode.Always,
        _ => RestartMode.UnlessRebootDue,
    };

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

    private static long? Bytes(string? quantity) => quantity is null ? null : new ResourceQuantity(quantity).ToInt64();

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
        var staged = EarlyStaging.Of(policy, input.Status);
        var (scanTimeout, patchTimeout) = (Durations.Parse(policy.Spec.Scan.Timeout), Durations.Parse(policy.Spec.Updates.Timeout));
        return new JobRequest
        {
            Name = JobNames.For(key, occasion, OperationStep.Scan, attempt),
            Updates = [.. staged.Select(update => new NodeUpdate { Name = update.Name, Version = update.Candidate, Removes = update.Removes })],
            Freeze = policy.Spec.Updates.Freeze,
            Node = node.Name,
            Policy = policy.Name,
            Step = OperationStep.Scan,
            Operation = JobNames.Operation(key, occasion),
            RefreshPackageLists = policy.Spec.Updates.RefreshPackageLists,
            SecuritySources = policy.Spec.Updates.SecuritySources,
            AllowNewPackages = policy.Spec.Updates.AllowNewPackages,
            AllowRemovals = policy.Spec.Updates.AllowRemovals.Count > 0,
            Phasing = policy.Spec.Updates.Phasing,
            StagingBytesPerSecond = staged.Count > 0 ? Bytes(policy.Spec.StagingBandwidth) : null,
            BootId = node.BootId,
            Timeout = staged.Count > 0 && patchTimeout > scanTimeout ? patchTimeout : scanTimeout,
        };
    }
}
