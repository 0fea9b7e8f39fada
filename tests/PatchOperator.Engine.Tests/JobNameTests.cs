using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;

namespace PatchOperator.Engine.Tests;

/// <summary>One identity has one name, so that a Job that exists already is the same Job.</summary>
public class JobNameTests
{
    private static readonly NodeKey Node = new("node-1", "uid-1");

    public static TheoryData<string, string> Others => new()
    {
        { "another node of the name", JobNames.For(Node with { Uid = "uid-2" }, "run", OperationStep.Patch, 1) },
        { "another run", JobNames.For(Node, "other", OperationStep.Patch, 1) },
        { "another step", JobNames.For(Node, "run", OperationStep.Verify, 1) },
        { "another attempt", JobNames.For(Node, "run", OperationStep.Patch, 2) },
    };

    [Theory, MemberData(nameof(Others))]
    public void What_differs_has_another_name(string what, string other) =>
        Assert.True(JobNames.For(Node, "run", OperationStep.Patch, 1) != other, what);

    [Fact]
    public void The_same_has_the_same_name_in_every_replica() =>
        Assert.Equal("patch-scan-node-1-7df01f661f", JobNames.For(Node, "run", OperationStep.Scan, 1));

    [Theory]
    [InlineData("ip-10-0-0-1.eu-west-1.compute.internal", "patch-verify-ip-10-0-0-1-eu-west-1-compute-int-")]
    [InlineData("gke-production-europe-west3-workers-a1b2c3d4-wxyz.c.project.internal", "patch-verify-gke-production-europe-west3-worke-")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b", "patch-verify-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-b-")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b", "patch-verify-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-")]
    public void Its_name_has_room_for_that_of_a_pod_and_no_dots(string node, string beginning)
    {
        var name = JobNames.For(new NodeKey(node, "uid"), "run", OperationStep.Verify, 1);

        Assert.StartsWith(beginning, name, StringComparison.Ordinal);
        Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", name);
        Assert.InRange(name.Length, 1, 57);
    }

    [Fact]
    public void Attempts_of_a_step_share_the_unit_on_the_host()
    {
        Assert.Equal(JobNames.Operation(Node, "run"), JobNames.Operation(Node, "run"));
        Assert.NotEqual(JobNames.Operation(Node, "run"), JobNames.Operation(Node, "other"));
        Assert.NotEqual(JobNames.Operation(Node, "run"), JobNames.Operation(Node with { Uid = "uid-2" }, "run"));
    }
}
