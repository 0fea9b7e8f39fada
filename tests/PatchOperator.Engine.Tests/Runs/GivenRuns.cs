using System.Collections.Immutable;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Runs;

/// <summary>Short ways to say what a test of runs and policies is given.</summary>
internal static class GivenRuns
{
    public const string RunUid = "run-uid";

    /// <summary>What the API server says where a budget has no room.</summary>
    public const string NoRoom = "The disruption budget web needs 2 healthy pods and has 2 currently";

    /// <summary>The digest that the run has of its plan.</summary>
    public const string Digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The digest of another plan.</summary>
    public const string Another = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

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

    public static NodePatchStatus On(this NodePatchStatus status, string architecture, string osFamily = "debian-12", string packageManager = "apt") =>
        status with { Node = status.Node! with { OsFamily = osFamily, Architecture = architecture, PackageManager = packageManager } };

    public static PolicyNodes Of(params NodeView[] views) => new()
    {
        Members = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, views.Select(view => KeyValuePair.Create(view.Node.Name, view))),
        Unavailable = views.Count(view => view.IsUnavailable),
        Places = views.CountBy(view => view.Node.Place).ToImmutableDictionary(),
    };

    /// <summary>A node of the same state that names its time zone.</summary>
    public static NodeView GoingBy(this NodeView view, string timeZone) =>
        view with { Node = view.Node with { Annotations = new Dictionary<string, string> { [ApiGroup.TimeZoneAnnotation] = timeZone } } };

    /// <summary>From 23:00 to 03:00 local time, with a cutoff of an hour: 14:00 to 18:00 UTC in Tokyo, 22:00 to 02:00 in Berlin, 04:00 to 08:00 in New York.</summary>
    public static IReadOnlyList<NamedWindow> Everywhere(DateTimeOffset now, params string[] zones)
    {
        var spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 23 * * *" }], Duration = "4h", Cutoff = "1h", Timing = WindowTiming.NodeLocal };
        var local = new LocalWindow(WindowCalendar.TryCreate(spec, out _)!, zones.Length > 0 ? zones : ["Asia/Tokyo", "Europe/Berlin", "America/New_York"], now);
        return [new NamedWindow("nightly", local.State) { Local = local }];
    }

    public static PatchRun ARun(RunPhase? phase = null, string name = "workers-20261120", string uid = RunUid) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Uid = uid, Generation = 1, CreationTimestamp = Noon.UtcDateTime },
        Spec = new PatchRunSpec
        {
            Policy = new PolicyReference { Name = "workers", Uid = "policy-uid", Generation = 1 },
            Window = "nightly",
            WindowOpenedAt = Noon.AddHours(-1),
            Plan = new PlanReference { Name = "workers-plan", Digest = Digest },
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

    public static RunApproval Approval(string digest, string by = "alice") => new() { Digest = digest, By = by };

    /// <summary>With what rehearsals have shown: which of the nodes can be drained. The others were not asked.</summary>
    public static RunInput Knowing(this RunInput input, params (string Node, bool Drains)[] known) => input with
    {
        Rehearsed = view => known.Any(node => node.Node == view.Node.Name)
            ? new DrainFacts(known.First(node => node.Node == view.Node.Name).Drains ? [] : [Nodes.GivenNodes.Pod("web-1", EvictionAnswer.Blocked, NoRoom)])
            : null,
    };

    /// <summary>With nodes that could not be drained, and how many minutes ago they were asked.</summary>
    public static RunInput PassedOver(this RunInput input, params (string Node, int MinutesAgo)[] nodes)
    {
        input.Run.Status = input.Run.Status with
        {
            Blocked =
            [
                .. nodes.Select(node => new RunBlocked
                {
                    Node = node.Node, Pod = "default/web-1", Budget = "default/web", Reason = Reasons.DrainBlocked, Message = NoRoom, CheckedAt = Noon.AddMinutes(-node.MinutesAgo),
                }),
            ],
        };
        return input;
    }

    /// <summary>With what people say to the run.</summary>
    public static RunInput Saying(this RunInput input, Func<PatchRunSpec, PatchRunSpec> say)
    {
        input.Run.Spec = say(input.Run.Spec);
        return input;
    }

    /// <summary>Null stays null, which a conversion does not do.</summary>
    public static IntOrString? Share(string? text) => text is null ? null : (IntOrString)text;

    /// <summary>A node of the same state in a zone.</summary>
    public static NodeView InZone(this NodeView view, string zone) =>
        view with { Node = view.Node with { Labels = new Dictionary<string, string> { ["zone"] = zone } } };

    /// <summary>In a plan with waves; each node belongs to the wave that begins with the first letter of its name.</summary>
    public static RunInput InWaves(this RunInput input, params PlanWave[] waves) => input.Planned(plan => plan with
    {
        Waves = [.. waves],
        Nodes = [.. plan.Nodes.Select(node => node with { Wave = waves.First(wave => wave.Name[0] == node.Name[0]).Name })],
    });

    /// <summary>With what is known of a wave that has finished.</summary>
    public static RunInput AfterWave(this RunInput input, string wave, int minutesAgo)
    {
        input.Run.Status = input.Run.Status with
        {
            Waves = [new RunWave { Name = wave, StartedAt = Noon.AddHours(-2), FinishedAt = Noon.AddMinutes(-minutesAgo) }],
        };
        return input;
    }

    /// <summary>With a health check, and what it has found; null where it was not asked.</summary>
    public static RunInput Checked(this RunInput input, HealthFacts? found, CheckTime time, string most = "0s") => input.Planned(plan => plan with
    {
        HealthChecks =
        [
            new HealthCheck { Name = "api", Alerts = new AlertsCheck { Url = "http://prometheus:9090" }, During = [time], For = most },
        ],
    }) with
    { Health = _ => found };

    /// <summary>With a hook of the run that is under way, as far as it was known, and its Job as it is now; null when that is gone.</summary>
    public static RunInput During(this RunInput input, string hook, JobFacts? job, int attempt = 1)
    {
        input.Run.Status = input.Run.Status with
        {
            Hooks = [new RunHook { Name = hook, State = RunHookState.Running, Job = "hook", Attempt = attempt, StartedAt = Noon.AddMinutes(-1) }],
        };
        return input with { Job = name => name == "hook" ? job : null };
    }

    /// <summary>With what is known of the hook beforeRun, and where the run stands.</summary>
    public static RunInput Knowing(this RunInput input, RunHookState state, RunPhase phase)
    {
        input.Run.Status = input.Run.Status with
        {
            Phase = phase,
            Hooks = [new RunHook { Name = "beforeRun", State = state, Job = "hook", Attempt = 1, StartedAt = Noon.AddMinutes(-2), FinishedAt = Noon.AddMinutes(-1), Message = "no" }],
        };
        return input;
    }

    /// <summary>With another plan.</summary>
    public static RunInput Planned(this RunInput input, Func<PatchPlanSpec, PatchPlanSpec> change) =>
        input with { Plan = new PatchPlan { Metadata = input.Plan!.Metadata, Spec = change(input.Plan.Spec) } };

    /// <summary>The policy as it is after an edit.</summary>
    public static PolicyTerms Edited()
    {
        var policy = APolicy();
        policy.Metadata.Generation = 2;
        return new PolicyTerms(policy, []);
    }

    /// <summary>The run that is made next for a window, and where the policy stands.</summary>
    public static (NewRun? Run, Standing Standing) NextRun(PolicyInput input) => RunPlan.Next(input, new CatchUps(input));

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
