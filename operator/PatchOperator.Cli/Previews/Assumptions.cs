using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Previews;

/// <summary>
/// What a preview takes for granted, as nobody can know it beforehand: people approve at once what they are asked, health checks and hooks succeed, and a
/// node that nothing is known of needs patching.
/// </summary>
internal static class Assumptions
{
    /// <summary>The cluster as far as it is known, made complete.</summary>
    public static Snapshot Complete(Snapshot cluster, DateTimeOffset now)
    {
        foreach (var entry in cluster.Policies.All)
            cluster = cluster.WithPolicy(entry.Policy.Metadata.Name, Granted(entry.Policy));
        foreach (var view in cluster.Fleet.All.Where(view => view.Policy is not null))
            cluster = cluster.WithNodePatch(view.Node.Name, view.Patch is { Status.LastScan: not null } patch ? Fresh(patch, now) : Needing(view, now));
        return cluster;
    }

    /// <summary>What is taken for granted for a policy, in words.</summary>
    public static IEnumerable<string> Of(PatchPolicySpec spec, IReadOnlyList<NodeView> unknown)
    {
        if (unknown.Count > 0)
            yield return $"{unknown.Count} nodes that were never scanned need patching";
        var waves = spec.Rollout.Waves.Where(wave => wave.Approval == ApprovalMode.Manual).Select(wave => wave.Name).ToList();
        if (spec.Rollout.Approval == ApprovalMode.Manual)
            yield return "the plan is approved at once";
        if (waves.Count > 0)
            yield return $"waves that ask for it are approved at once: {string.Join(", ", waves)}";
        if (spec.HealthChecks.Count > 0)
            yield return $"health checks pass: {string.Join(", ", spec.HealthChecks.Select(check => check.Name))}";
        if (spec.Hooks is not null)
            yield return "hooks succeed, and take no time of their own";
        yield return "every node can be drained, and none fails";
    }

    // Another generation: what a policy asks for is kept as long as that is the same.
    private static PatchPolicy Granted(PatchPolicy policy) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = policy.Metadata.Name,
            Uid = policy.Metadata.Uid,
            Generation = (policy.Metadata.Generation ?? 0) + 1,
            CreationTimestamp = policy.Metadata.CreationTimestamp,
            DeletionTimestamp = policy.Metadata.DeletionTimestamp,
            Labels = policy.Metadata.Labels,
        },
        Spec = policy.Spec with
        {
            HealthChecks = [],
            Hooks = null,
            Rollout = policy.Spec.Rollout with
            {
                Approval = ApprovalMode.Automatic,
                Waves = [.. policy.Spec.Rollout.Waves.Select(wave => wave with { Approval = ApprovalMode.Automatic, Checks = null })],
            },
        },
    };

    // What is known does not grow old meanwhile, and what is under way is seen to its end elsewhere.
    private static NodePatch Fresh(NodePatch patch, DateTimeOffset now) => new()
    {
        Metadata = patch.Metadata,
        Spec = patch.Spec,
        Status = patch.Status with { LastScan = patch.Status.LastScan! with { Time = now }, Lists = null, ScanFailure = null, Job = null },
    };

    private static NodePatch Needing(NodeView view, DateTimeOffset now) => new()
    {
        Metadata = new V1ObjectMeta { Name = view.Node.Name, OwnerReferences = [new V1OwnerReference { Uid = view.Node.Uid }] },
        Spec = view.Spec ?? new NodePatchSpec { NodeName = view.Node.Name },
        Status = (view.Status ?? new NodePatchStatus()) with
        {
            Node = new NodeIdentity { BootId = view.Node.BootId },
            LastScan = new NodeScan { Time = now },
            ScanFailure = null,
            Job = null,
            Pending = [.. Update(view.Policy!.Spec.Updates, now)],
        },
    };

    // One that the policy approves, if there is any.
    private static IEnumerable<PendingPackage> Update(UpdateSettings updates, DateTimeOffset now) => updates.Include.DefaultIfEmpty(Placeholder)
        .Select(glob => new PendingPackage
        {
            Name = glob.Replace('*', '-').Replace('?', '-'),
            Installed = Placeholder,
            Candidate = Placeholder + "1",
            Security = true,
            FirstSeen = now,
        })
        .Where(package => Approval.Approves(updates, package))
        .Take(1);

    /// <summary>Stands for a version that nothing is known of.</summary>
    private const string Placeholder = "0~";

    /// <summary>Whether an update is one that was found, and none that is taken for granted.</summary>
    public static bool IsReal(RunUpdate update) => update.Version != Placeholder + "1";
}
