using System.Text;
using k8s;
using k8s.Models;
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
        view.Patch!.Metadata.OwnerReferences = [new V1OwnerReference { Uid = view.Node.Uid }];
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

    /// <summary>Names as long as they may be, as many updates as there may be, for systems without end: etcd takes 1.5 MiB.</summary>
    [Theory]
    [InlineData(4, 253, 63)]
    [InlineData(100, 253, 63)]
    [InlineData(1, 253, null)]
    [InlineData(1, 20, 63)]
    public void A_plan_is_no_larger_than_what_can_be_stored(int systems, int length, int? wave)
    {
        var policy = APolicy(spec => spec with
        {
            Rollout = spec.Rollout with { Waves = wave is null ? [] : [new RolloutWave { Name = new string('w', wave.Value), Size = "10%" }] },
        });
        var updates = Enumerable.Range(0, 500).Select(number => Package($"{new string('p', 120)}-{number:000}", $"1:{number}.2+{new string('b', 120)}")).ToArray();
        NodeView Node(int number) => View(
            $"{number:D5}".PadLeft(length, 'n'), Scanned(number < systems ? updates : updates[..1]).On("amd64", $"os-{number % systems}"), policy: policy);
        NodeView Named(NodeView view) => view with { Node = view.Node with { Uid = Guid.NewGuid().ToString() } };

        var (run, standing) = NextRun(Input([.. Enumerable.Range(0, 10_000).Select(number => Named(Node(number)))]) with { Policy = policy });

        var stored = KubernetesJson.Serialize(new PatchPlan { Metadata = new V1ObjectMeta { Name = run!.Spec.Plan.Name }, Spec = run.Plan });
        Assert.InRange(Encoding.UTF8.GetByteCount(stored), 900_000, 1_450_000);
        Assert.InRange(run.Plan.Nodes.Count, 1000, 9_999);
        Assert.Equal($"{run.Plan.Nodes.Count} nodes are to be patched; {10_000 - run.Plan.Nodes.Count} more belong to the next run", standing.Message);
    }

    private static PolicyTerms Terms(PatchPolicy policy) => new(policy, []);

    private static IEqualityComparer<(List<RunNode>, List<RunUpdate>)> Comparer { get; } =
        EqualityComparer<(List<RunNode> Nodes, List<RunUpdate> Updates)>.Create((one, other) => one.Nodes.SequenceEqual(other.Nodes) && one.Updates.SequenceEqual(other.Updates));
}
