using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Engine.Nodes;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

public class JobRequestsTests
{
    [Theory]
    [InlineData(OperationStep.Patch, RestartServices.Affected, RebootMode.IfRequired, RestartMode.UnlessRebootDue)]
    [InlineData(OperationStep.Rollback, RestartServices.Affected, RebootMode.IfRequired, RestartMode.UnlessRebootDue)]
    [InlineData(OperationStep.Patch, RestartServices.Affected, RebootMode.Never, RestartMode.Always)]
    [InlineData(OperationStep.Patch, RestartServices.Affected, RebootMode.Always, RestartMode.Never)]
    [InlineData(OperationStep.Patch, RestartServices.Never, RebootMode.Never, RestartMode.Never)]
    [InlineData(OperationStep.Patch, null, RebootMode.Never, RestartMode.Never)]
    [InlineData(OperationStep.Verify, RestartServices.Affected, RebootMode.Never, RestartMode.Never)]
    public void Services_are_restarted_by_what_changes_packages_unless_a_reboot_does_it(
        OperationStep step, RestartServices? services, RebootMode reboot, RestartMode expected)
    {
        var settings = Given.Settings() with { RestartServices = services, Reboot = new RebootSettings { Mode = reboot } };
        Assert.Equal(expected, JobRequests.ForStep(InTurn(Scanned(), settings), step, 1).Restarts);
    }

    [Theory]
    [InlineData(OperationStep.Rollback, RebootMode.IfRequired, true)]
    [InlineData(OperationStep.Rollback, RebootMode.Never, false)]
    [InlineData(OperationStep.Patch, RebootMode.IfRequired, false)]
    public void A_rollback_knows_whether_a_reboot_comes_after_it(OperationStep step, RebootMode reboot, bool expected)
    {
        var settings = Given.Settings() with { Reboot = new RebootSettings { Mode = reboot } };
        Assert.Equal(expected, JobRequests.ForStep(InTurn(Scanned(), settings), step, 1).RebootFollows);
    }
}
