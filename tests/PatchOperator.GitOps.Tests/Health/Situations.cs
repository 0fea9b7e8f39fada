using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract.Images;
using PatchOperator.Engine;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Tests.Runs;
using PatchOperator.Engine.Windows;
using PatchOperator.Engine.World;
using PatchOperator.Tests.Images;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.GitOps.Tests.Health;

/// <summary>Each kind in each of its states, with the status that the operator's own decisions give it.</summary>
internal static class Situations
{
    private static readonly NodePatchStatus InNeed = Scanned(Package("openssl"));
    private static readonly NodePatchStatus Compliant = Scanned();

    public static IReadOnlyList<Situation> All { get; } = [.. Windows(), .. Policies(), .. Runs(), .. Nodes(), .. Baselines()];

    private static IEnumerable<Situation> Windows()
    {
        var nights = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 23 * * Mon-Thu" }], Duration = "4h" };
        var closed = Situation.Of("window that is closed", Window(nights), "Current", "Healthy");
        yield return closed;
        yield return Situation.Of(
            "window that is open", Window(nights with { Duration = "24h", Schedules = [new WindowSchedule { Cron = "0 0 * * *" }] }), "Current", "Healthy");
        yield return Situation.Of(
            "window with a cron expression that is none", Window(nights with { Schedules = [new WindowSchedule { Cron = "at night" }] }), "Failed", "Degraded");
        yield return closed.Unseen();
        yield return closed.Edited();
        yield return closed.Deleted();
    }

    private static IEnumerable<Situation> Policies()
    {
        var waiting = Situation.Of("policy with updates that wait for its window", Policy(Input(InNeed)), "Current", "Healthy");
        yield return waiting;
        yield return Situation.Of("policy whose nodes are all compliant", Policy(Input(Compliant)), "Current", "Healthy");
        yield return Situation.Of("policy that matches no node", Policy(Input()), "Current", "Healthy");
        yield return Situation.Of("policy whose nodes are scanned for the first time", Policy(Input(new NodePatchStatus())), "InProgress", "Progressing");
        yield return Situation.Of("policy without windows", Policy(Input(InNeed) with { Windows = [] }), "Current", "Healthy");
        yield return Situation.Of("policy that makes a run", Policy(Input(InNeed) with { Windows = Named(OpenWindow()) }), "Current", "Healthy");
        yield return Situation.Of(
            "policy with a run under way", Policy(Input(InNeed) with { Runs = [Run(RunInput(GivenRuns.Pending("a")))] }), "Current", "Healthy");
        yield return Situation.Of(
            "policy with a run that waits for the next window",
            Policy(Input(InNeed) with { Runs = [Run(Closed(RunInput(GivenRuns.Pending("a"))))] }),
            "Current",
            "Healthy");
        yield return Situation.Of(
            "policy with a run that has halted",
            Policy(Input(InNeed) with { Runs = [Run(RunInput(GivenRuns.Finished("a", OperationResult.Failed)))] }),
            "Failed",
            "Degraded");
        yield return Situation.Of(
            "policy that is suspended", Policy(Input(InNeed) with { Policy = APolicy(spec => spec with { Suspend = true }) }), "Current", "Suspended");
        yield return Situation.Of(
            "policy that names a window that is not there",
            Policy(Input(InNeed) with { Errors = [new SpecError("spec.windows[0]", "there is no PatchWindow 'nightly'")] }),
            "Failed",
            "Degraded");
        yield return waiting.Unseen();
        yield return waiting.Edited();
        yield return waiting.Deleted();
    }

    private static IEnumerable<Situation> Runs()
    {
        var running = Situation.Of("run that patches nodes", Run(RunInput(GivenRuns.Pending("a"), GivenRuns.Pending("b"))), "InProgress", "Progressing");
        yield return running;
        yield return Situation.Of("run that waits for the next window", Run(Closed(RunInput(GivenRuns.Pending("a")))), "InProgress", "Suspended");
        yield return Situation.Of(
            "run that waits for its approval",
            Run(RunInput(GivenRuns.Pending("a")).Planned(plan => plan with { Approval = ApprovalMode.Manual })),
            "InProgress",
            "Suspended");
        yield return Situation.Of(
            "run that soaks",
            Run(RunInput(GivenRuns.Finished("c", OperationResult.Succeeded), GivenRuns.Pending("r"))
                .InWaves(new PlanWave { Name = "canary", Soak = "1h" }, new PlanWave { Name = "rest" })),
            "InProgress",
            "Suspended");
        yield return Situation.Of("run that is paused", Run(RunInput(GivenRuns.Pending("a")).Saying(spec => spec with { Paused = true })), "InProgress", "Suspended");
        yield return Situation.Of(
            "run that has halted", Run(RunInput(GivenRuns.Finished("a", OperationResult.Failed), GivenRuns.Pending("b"))), "Failed", "Degraded");
        yield return Situation.Of("run that succeeded", Run(RunInput(GivenRuns.Finished("a", OperationResult.Succeeded))), "Current", "Healthy");
        yield return Situation.Of(
            "run that failed", Run(RunInput(GivenRuns.Finished("a", OperationResult.Failed)) with
            {
                Plan = GivenRuns.APlan(Settings(failureThreshold: "3"),
                GivenRuns.Finished("a", OperationResult.Failed))
            }), "Failed", "Degraded");
        yield return Situation.Of(
            "run whose policy was edited", Run(RunInput(GivenRuns.Pending("a")) with { Policy = GivenRuns.Edited() }), "Current", "Healthy");
        yield return Situation.Of("run whose policy was deleted", Run(RunInput(GivenRuns.Pending("a")) with { Policy = null }), "Current", "Healthy");
        yield return running.Unseen();
        yield return running.Edited();
        yield return running.Deleted();
    }

    private static IEnumerable<Situation> Nodes()
    {
        var idle = Situation.Of("node that nothing is asked of", Node(new NodePatchSpec { NodeName = "node-1" }, Compliant), "Current", "Healthy");
        yield return idle;
        yield return Situation.Of("node whose turn it is", Node(Asked(), InNeed), "InProgress", "Progressing");
        yield return Situation.Of(
            "node that failed",
            Node(
                Asked(),
                InNeed.InPhase(NodePhase.Patching).WaitingFor("patch"),
                new JobFacts { Name = "patch", Finished = true, Report = Failure("DiskFull", "/var has 12 MiB") }),
            "Failed",
            "Degraded");
        yield return idle.Unseen();
        yield return idle.Edited();
        yield return idle.Deleted();
    }

    private static IEnumerable<Situation> Baselines()
    {
        ImageBaselineSpec Suspended(ImageBaselineSpec spec) => spec with { Suspend = true };
        ImageBaselineSpec Manual(ImageBaselineSpec spec) => spec with { Promotion = new ImagePromotion { Mode = PromotionMode.Manual } };
        BaselineStory World(Func<ImageBaselineSpec, ImageBaselineSpec>? change = null) => new BaselineStory(change).Settle();
        BaselineStory Rebuilt() => World(Manual).Built('a').Annotate(ApiGroup.PromoteAnnotation, BaselineStory.Digest('a')).Annotate(ApiGroup.RebuildAnnotation, "now");

        var current = Situation.Of("baseline with a current image", World().Built('a').Baseline, "Current", "Healthy");
        yield return current;
        yield return Situation.Of("baseline that is built for the first time", World().Baseline, "InProgress", "Progressing");
        yield return Situation.Of("baseline whose first build is tried again", World().Failed(ImageExitCodes.TryAgain).Baseline, "InProgress", "Progressing");
        yield return Situation.Of("baseline whose build failed", World().Failed(ImageExitCodes.BadRecipe).Baseline, "Failed", "Degraded");
        yield return Situation.Of(
            "baseline whose first image soaks",
            World(spec => spec with { Promotion = new ImagePromotion { Soak = "1d" } }).Built('a').Baseline,
            "InProgress",
            "Progressing");
        yield return Situation.Of("baseline whose first image waits for a person", World(Manual).Built('a').Baseline, "InProgress", "Suspended");
        yield return Situation.Of("baseline that is built again as a matter of routine", Rebuilt().Baseline, "Current", "Healthy");
        yield return Situation.Of("baseline whose next image waits for a person", Rebuilt().Built('b').Baseline, "Current", "Suspended");
        yield return Situation.Of("baseline that is scanned", World().Built('a').Later(TimeSpan.FromDays(1)).Baseline, "Current", "Healthy");
        yield return Situation.Of(
            "baseline with another recipe",
            World().Built('a').Edit(spec => spec with { Recipe = new ImageRecipe { Packages = new ImagePackages { Install = ["curl"] } } }).Baseline,
            "InProgress",
            "Progressing");
        yield return Situation.Of("baseline that is suspended before it has an image", World(Suspended).Baseline, "InProgress", "Suspended");
        yield return Situation.Of("baseline that is suspended with an image", World().Built('a').Edit(Suspended).Baseline, "Current", "Suspended");
        yield return Situation.Of("baseline with a mistake", World(spec => spec with { Revoked = ["v1"] }).Baseline, "Failed", "Degraded");
        yield return Situation.Of("baseline of nodes that run a revoked image", RevokedInUse(), "Failed", "Degraded");
        yield return current.Unseen();
        yield return current.Edited();
        yield return current.Deleted();
    }

    private static PatchWindow Window(PatchWindowSpec spec)
    {
        var window = new PatchWindow { Metadata = new V1ObjectMeta { Name = "nightly", Generation = 1 }, Spec = spec };
        var calendar = WindowCalendar.TryCreate(spec, out var errors);
        window.Status = WindowStatus.Of(window, calendar, errors, Noon);
        return window;
    }

    private static PatchPolicy Policy(PolicyInput input)
    {
        input.Policy.Status = PolicyDecider.Decide(input, []).Status;
        return input.Policy;
    }

    private static PolicyInput Input(params NodePatchStatus[] nodes) =>
        GivenRuns.Input([.. nodes.Select((status, index) => GivenRuns.View($"node-{index}", status))]) with { Windows = Named(ClosedWindow()) };

    private static RunInput RunInput(params NodeView[] views) => GivenRuns.Input(Settings(), views);

    private static RunInput Closed(RunInput input) => input with { Windows = Named(ClosedWindow()) };

    private static PatchRun Run(RunInput input)
    {
        input.Run.Status = RunDecider.Decide(input, []).Status;
        return input.Run;
    }

    private static NodePatch Node(NodePatchSpec spec, NodePatchStatus status, params JobFacts[] jobs) => new()
    {
        Metadata = new V1ObjectMeta { Name = "node-1", Generation = 1 },
        Spec = spec,
        Status =
            NodeDecider.Decide(PatchOperator.Engine.Tests.Given.Input(ANode().CordonedBy("workers-run"), spec, status, jobs) with { Generation = 1 }).Status,
    };

    private static ImageBaseline RevokedInUse()
    {
        var world = new BaselineStory(
            spec => spec with { Nodes = new ImageNodes { Selector = new V1LabelSelector(), IdentifyBy = new ImageIdentity { Annotation = BaselineStory.ImageAnnotation } } })
            .Settle()
            .Built('a');
        return world.Node("node-1", BaselineStory.Digest('a')).Annotate(ApiGroup.RebuildAnnotation, "now").Built('b').Edit(spec => spec with { Revoked = [BaselineStory.Digest('a')] }).Baseline;
    }
}
