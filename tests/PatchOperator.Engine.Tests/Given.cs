using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Tests;

/// <summary>Short ways to say what a test is given.</summary>
internal static class Given
{
    /// <summary>A Friday, 12:00 UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static NodeFacts ANode(string name = "node-1") =>
        new() { Name = name, Uid = $"uid-{name}", Ready = true, ReadySince = Noon.AddDays(-1), BootId = "boot-1" };

    public static NodeFacts CordonedBy(this NodeFacts node, string? run) => node with { Unschedulable = true, CordonedBy = run };

    public static PendingPackage Package(string name, string candidate = "2", bool security = true, bool held = false, string? installed = "1") =>
        new() { Name = name, Installed = installed, Candidate = candidate, Security = security, Held = held, FirstSeen = Noon.AddHours(-1) };

    public static NodePatchStatus Scanned(params PendingPackage[] pending) => new()
    {
        Node = new NodeIdentity { Uid = "uid-node-1", BootId = "boot-1", OsFamily = "debian-12" },
        LastScan = new NodeScan { Time = Noon.AddHours(-1), Packages = 100, PatchLevel = "old" },
        Pending = [.. pending],
        PendingCount = new PendingCount
        {
            Security = pending.Count(package => package is { Security: true, Held: false }),
            Total = pending.Count(package => !package.Held),
            Held = pending.Count(package => package.Held),
        },
        RebootRequired = new RebootRequired { Status = "False", Since = Noon.AddHours(-1) },
    };

    public static NodePatchStatus NeedingReboot(this NodePatchStatus status, string required = "True") =>
        status with { RebootRequired = new RebootRequired { Status = required, Since = Noon, Because = ["the kernel was upgraded"] } };

    public static PatchPolicy APolicy(Func<PatchPolicySpec, PatchPolicySpec>? change = null)
    {
        var spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector(), Windows = ["nightly"] };
        return new PatchPolicy
        {
            Metadata = new V1ObjectMeta { Name = "workers", Uid = "policy-uid", Generation = 1, CreationTimestamp = Noon.UtcDateTime },
            Spec = change?.Invoke(spec) ?? spec,
        };
    }

    public static NodeCompliance ComplianceOf(string policy, PatchPolicySpec spec, NodePatchStatus status, DateTimeOffset now) =>
        Compliance.Of(policy, Assessment.Of(spec, status), status, now);

    public static ImageBaseline ABaseline(Func<ImageBaselineSpec, ImageBaselineSpec> change) => new()
    {
        Metadata = new V1ObjectMeta { Name = "worker" },
        Spec = change(new ImageBaselineSpec
        {
            Source = new ImageSource { Suite = "bookworm" },
            Output = new ImageOutput { Repository = "registry.example.com/golden/worker" },
        }),
    };

    public static WindowState OpenWindow(DateTimeOffset? now = null) =>
        State(new Opening((now ?? Noon).AddHours(-1), (now ?? Noon).AddHours(3)), accepts: true);

    public static WindowState ClosingWindow() => State(new Opening(Noon.AddHours(-3), Noon.AddMinutes(5)), accepts: false);

    public static WindowState ClosedWindow() => new(false, null, false, null, [new Opening(Noon.AddHours(8), Noon.AddHours(12))], Noon.AddHours(8));

    private static WindowState State(Opening opening, bool accepts) => new(true, opening, accepts, accepts ? opening.ClosesAt : null, [], opening.ClosesAt);

    public static IReadOnlyList<NamedWindow> Named(WindowState state) => [new NamedWindow("nightly", state)];

    public static RunSettings Settings(
        RebootMode reboot = RebootMode.IfRequired, DrainMode drain = DrainMode.WhenRebooting, string maxUnavailable = "1", string failureThreshold = "1") => new()
        {
            ScanTimeout = "10m",
            PatchTimeout = "1h",
            Reboot = new RebootSettings { Mode = reboot },
            Drain = new DrainSettings { Mode = drain },
            Rollout = new RolloutSettings { MaxUnavailable = maxUnavailable, FailureThreshold = failureThreshold },
        };

    public static NodePatchSpec Asked(RunSettings? settings = null, string runUid = "run-uid", params string[] updates) => new()
    {
        NodeName = "node-1",
        Operation = new NodeOperation
        {
            Run = "workers-run",
            RunUid = runUid,
            Updates = [.. (updates.Length == 0 ? ["openssl"] : updates).Select(name => new NodeUpdate { Name = name, Version = "2" })],
            Settings = settings ?? Settings(),
        },
    };

    public static StepReport Done(bool? reboot = false, params PendingPackage[] pending) => new()
    {
        Succeeded = true,
        Reason = "Completed",
        Message = "done",
        Host = new NodeIdentity { OsFamily = "debian-12", PackageManager = "apt" },
        Packages = 100,
        PatchLevel = "new",
        PendingCount = new PendingCount { Total = pending.Length, Security = pending.Count(package => package.Security) },
        Pending = pending,
        RebootRequired = reboot,
        RebootBecause = reboot == true ? ["the kernel was upgraded"] : [],
        Changed = [new ChangedPackage { Name = "openssl", From = "1", To = "2" }],
    };

    public static StepReport Failure(string reason, string message) => new() { Succeeded = false, Reason = reason, Message = message };

    public static NodePatchStatus InPhase(this NodePatchStatus status, NodePhase phase, Func<OperationRecord, OperationRecord>? change = null)
    {
        var record = new OperationRecord { Run = "workers-run", RunUid = "run-uid", Result = OperationResult.InProgress, StartedAt = Noon.AddMinutes(-10) };
        return status with { Phase = phase, PhaseSince = Noon.AddMinutes(-5), LastOperation = change?.Invoke(record) ?? record };
    }

    public static NodePatchStatus WaitingFor(this NodePatchStatus status, string job, int attempt = 1) => status with { Job = job, Attempt = attempt };

    public static NodeInput Input(NodeFacts? node, NodePatchSpec spec, NodePatchStatus status, params JobFacts[] jobs) => new()
    {
        Node = node,
        Spec = spec,
        Status = status,
        RunExists = true,
        Policy = new PolicyTerms(APolicy(), []),
        Jobs = jobs.ToDictionary(job => job.Name),
        Now = Noon,
    };
}
