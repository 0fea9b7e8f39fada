using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Plans;

public class PlannerTests
{
    private static readonly NodeView[] Nodes = [Pending("a"), Pending("b"), Finished("c", OperationResult.Failed, Package("openssl"))];

    [Fact]
    public void What_would_be_planned_in_the_place_of_a_run_is_what_it_was_made_with_as_long_as_nothing_has_changed()
    {
        var input = Input(Nodes) with { Runs = [ARun(RunPhase.Failed)] };
        var made = NextRun(input).Run!;
        var run = ARun(RunPhase.PendingApproval, uid: "pending");
        run.Spec = made.Spec;

        var wanted = Planner.InPlaceOf(run, Terms(input.Policy), input.Nodes, [.. input.Runs, run], input.Windows)!;

        Assert.Equal((made.Plan.Nodes, made.Plan.Updates), (wanted.Nodes, wanted.Updates), Comparer);
        Assert.Equal(["a", "b"], wanted.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void Where_no_node_needs_anything_nothing_would_be_planned() =>
        Assert.Null(Planner.InPlaceOf(ARun(), Terms(APolicy()), Of(View("a", Scanned())), [], Named(OpenWindow())));

    /// <summary>A run asks what its policy would plan of the cluster as it is.</summary>
    [Fact]
    public void A_run_knows_it_from_the_cluster()
    {
        var view = Pending("a");
        view.Patch!.Metadata.OwnerReferences = [new k8s.Models.V1OwnerReference { Uid = view.Node.Uid }];
        var snapshot = Snapshot.Empty.WithPolicy("workers", APolicy(spec => spec with { Windows = [] })).WithNode("a", view.Node).WithNodePatch("a", view.Patch);

        Assert.Equal("a", Assert.Single(RunInput.Of(ARun(), snapshot, Answers.None, "100%", Noon).Wanted()!.Nodes).Name);
        Assert.Null(RunInput.Of(ARun(), Snapshot.Empty, Answers.None, "100%", Noon).Wanted());
    }

    /// <summary>So that the digest of a plan is the same as before the field was there.</summary>
    [Fact]
    public void What_verifies_a_node_is_frozen_where_it_is_not_the_default()
    {
        Assert.Null(Planned(new VerifySettings()).Verify);
        Assert.Equal((false, 0), Told(Planned(new VerifySettings { Units = false })));
        Assert.Equal((true, 1), Told(Planned(new VerifySettings { Commands = ["app"] })));

        static RunSettings Planned(VerifySettings verify) => NextRun(Input(Nodes) with { Policy = APolicy(spec => spec with { Verify = verify }) }).Run!.Plan.Settings;
        static (bool, int) Told(RunSettings settings) => (settings.Verify!.Units, settings.Verify.Commands.Count);
    }

    /// <summary>Of each system as much as an agent can be given, and whole groups.</summary>
    [Fact]
    public void What_one_system_needs_leaves_room_for_that_of_another()
    {
        PendingPackage[] suite = [.. Enumerable.Range(0, 3).Select(number => Package($"m-{number}", "7.1"))];
        var plan = Planned(
            View("a", Scanned([.. Distinct(498, "a"), .. suite, .. Distinct(10, "z")]).On("amd64")), View("b", Scanned(Package("zz")).On("amd64", "ubuntu-24.04")));

        Assert.Equal((501, 1), (plan.Count, plan.Count(update => update.OsFamily == "ubuntu-24.04")));
        Assert.DoesNotContain(plan, update => update.Version == "7.1");
        Assert.Equal(2000, Planned([.. Enumerable.Range(0, 8).Select(number => View($"n{number}", Scanned(Distinct(400, "a")).On("amd64", $"os-{number}")))]).Count);

        static PendingPackage[] Distinct(int count, string prefix) =>
            [.. Enumerable.Range(0, count).Select(number => Package($"{prefix}-{number:000}", $"1.{prefix}.{number}"))];
        static List<RunUpdate> Planned(params NodeView[] views) => NextRun(Input(views)).Run!.Plan.Updates;
    }

    private static PolicyTerms Terms(PatchPolicy policy) => new(policy, []);

    private static IEqualityComparer<(List<RunNode>, List<RunUpdate>)> Comparer { get; } =
        EqualityComparer<(List<RunNode> Nodes, List<RunUpdate> Updates)>.Create((one, other) => one.Nodes.SequenceEqual(other.Nodes) && one.Updates.SequenceEqual(other.Updates));
}
