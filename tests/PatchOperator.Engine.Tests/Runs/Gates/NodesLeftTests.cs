using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class NodesLeftTests
{
    public static TheoryData<string, string[], string> Table => new()
    {
        { "one waits", ["succeeded", "pending"], "go" },
        { "one is in flight", ["succeeded", "in flight"], "go" },
        { "all are done", ["succeeded", "succeeded"], "end, Succeeded: 2 nodes patched and verified" },
        { "one failed", ["succeeded", "failed"], "end, Failed: 1 nodes failed, 1 succeeded" },
        { "nobody needs anything", ["patched by hand"], "end, Succeeded: 0 nodes patched and verified" },
        { "no node", [], "end, Succeeded: no node of the policy needs what is asked for" },
    };

    [Theory]
    [InlineData("succeeded", "end, Succeeded: 1 nodes are as before run workers-20261119")]
    [InlineData("failed", "end, Failed: 1 nodes failed, 0 nodes are as before run workers-20261119")]
    [InlineData("skipped", "end, Succeeded: 0 nodes are as before run workers-20261119; 1 were left as they are: 1 RepositoryUnavailable")]
    [InlineData("none", "end, Succeeded: no node keeps what run workers-20261119 has replaced")]
    public void One_that_takes_back_another_says_what_became_of_that(string node, string says)
    {
        NodeView[] nodes = node == "none" ? [] : [Finished("a", Enum.Parse<OperationResult>(node, ignoreCase: true))];
        var input = Input(Settings(), nodes).Planned(plan => plan with { Undoes = new RunReference { Name = "workers-20261119", Uid = "undone-uid" }, Updates = [] });

        Assert.Equal(says, GateWords.Of(new NodesLeft(), input));
    }

    /// <summary>Whoever reads that it has succeeded is to know which nodes keep what was to be taken back.</summary>
    [Fact]
    public void One_that_takes_back_another_says_why_nodes_were_left_as_they_are()
    {
        var gone = View("gone", Scanned());
        NodeView[] nodes = [Finished("a", OperationResult.Succeeded), View("b", Scanned()), View("c", Scanned()), Finished("d", OperationResult.Cancelled), gone];
        var input = Input(Settings(), nodes).Planned(plan => plan with { Undoes = new RunReference { Name = "workers-20261119", Uid = "undone-uid" }, Updates = [] });

        Assert.Equal(
            "end, Succeeded: 1 nodes are as before run workers-20261119; 4 were left as they are: 2 with nothing to do, 1 gone, 1 withdrawn",
            GateWords.Of(new NodesLeft(), input with { Node = name => name == "gone" ? null : input.Node(name) }));
    }

    [Theory, MemberData(nameof(Table))]
    public void A_run_is_over_when_every_node_has_had_its_turn(string when, string[] nodes, string says)
    {
        NodeView View(string state, int number) => state switch
        {
            "pending" => Pending($"n{number}"),
            "in flight" => InFlight($"n{number}"),
            "failed" => Finished($"n{number}", OperationResult.Failed),
            "succeeded" => Finished($"n{number}", OperationResult.Succeeded),
            _ => GivenRuns.View($"n{number}", Scanned()),
        };

        Assert.True(says == GateWords.Of(new NodesLeft(), Input(Settings(), [.. nodes.Select(View)])), when);
    }
}
