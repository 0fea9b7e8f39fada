using System.Collections.Immutable;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Runs;

/// <summary>Short ways to say what a test of runs and policies is given.</summary>
internal static class GivenRuns
{
    public const string RunUid = "run-uid";

    /// <summary>A node of the policy; without a status it has no NodePatch yet.</summary>
    public static NodeView View(string name, NodePatchStatus? status, NodePatchSpec? spec = null, PatchPolicy? policy = null) => new(
        ANode(name),
        status is null
            ? null
            : new NodePatch
            {
                Metadata = new V1ObjectMeta { Name = name, Uid = $"patch-{name}" },
                Spec = spec ?? new NodePatchSpec { NodeName = name },
                Status = status,
            },
        new PolicyTerms(policy ?? APolicy(), []));

    public static NodeView Pending(string name) => View(name, Scanned(Package("openssl")));

    public static NodeView InFlight(string name) =>
        View(name, Scanned(Package("openssl")).InPhase(NodePhase.Patching), Asked()) is var view
            ? view with { Node = view.Node.CordonedBy("workers-run") }
            : view;

    public static NodeView Finished(string name, OperationResult result, params PendingPackage[] left) =>
        View(name, Scanned(left) with { LastOperation = Record(result) }, Asked());

    public static OperationRecord Record(OperationResult result, string runUid = RunUid) => new()
    {
        Run = "workers-run",
        RunUid = runUid,
        Result = result,
        Step = OperationStep.Patch,
        Reason = "RepositoryUnavailable",
        Message = "the mirror is down",
        FinishedAt = Noon.AddMinutes(-10),
    };

    public static NodeView NotReady(this NodeView view) => view with { Node = view.Node with { Ready = false } };

    public static NodeView Cordoned(this NodeView view) => view with { Node = view.Node with { Unschedulable = true } };

    public static NodePatchStatus On(this NodePatchStatus status, string architecture, string osFamily = "debian-12") =>
        status with { Node = status.Node! with { OsFamily = osFamily, Architecture = architecture, PackageManager = "apt" } };

    public static PolicyNodes Of(params NodeView[] views) => new()
    {
        Members = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, views.Select(view => KeyValuePair.Create(view.Node.Name, view))),
        Unavailable = views.Count(view => view.IsUnavailable),
    };

    public static PatchRun ARun(RunPhase? phase = null, string name = "workers-20261120", string uid = RunUid) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Uid = uid, Generation = 1, CreationTimestamp = Noon.UtcDateTime },
        Spec = new PatchRunSpec
        {
            Policy = new PolicyReference { Name = "workers", Uid = "policy-uid", Generation = 1 },
            Window = "nightly",
            WindowOpenedAt = Noon.AddHours(-1),
            Plan = new PlanReference { Name = "workers-plan", Digest = $"sha256:{new string('0', 64)}" },
        },
        Status = new PatchRunStatus { Phase = phase },
    };

    public static PatchPlan APlan(RunSettings settings, params NodeView[] views) => new()
    {
        Metadata = new V1ObjectMeta { Name = "workers-plan", Uid = "plan-uid", CreationTimestamp = Noon.UtcDateTime },
        Spec = new PatchPlanSpec
        {
            Policy = new PolicyReference { Name = "workers", Uid = "policy-uid", Generation = 1 },
            Settings = settings,
            Nodes = [.. views.Select(view => new RunNode { Name = view.Node.Name, Uid = view.Node.Uid })],
            Updates =
            [
                new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = "2" },
                new RunUpdate { OsFamily = "ubuntu-24.04", Name = "openssl", Version = "3" },
            ],
        },
    };

    public static RunInput Input(RunSettings settings, params NodeView[] views) => new()
    {
        Run = ARun(),
        Plan = APlan(settings, views),
        Policy = new PolicyTerms(APolicy(), []),
        Node = name => views.FirstOrDefault(view => view.Node.Name == name),
        Members = Of(views),
        Windows = Named(OpenWindow()),
        FleetUnavailable = views.Count(view => view.IsUnavailable),
        FleetBudget = 100,
        Now = Noon,
    };

    /// <summary>The policy as it is after an edit.</summary>
    public static PolicyTerms Edited()
    {
        var policy = APolicy();
        policy.Metadata.Generation = 2;
        return new PolicyTerms(policy, []);
    }

    public static PolicyInput Input(params NodeView[] views) => new()
    {
        Policy = APolicy(),
        Errors = [],
        Nodes = Of(views),
        Windows = Named(OpenWindow()),
        Scans = new ScanLoad(0, 25),
        Now = Noon,
    };
}
