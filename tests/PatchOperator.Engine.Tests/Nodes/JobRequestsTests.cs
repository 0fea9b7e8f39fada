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
    [InlineData(OperationStep.Stage, "5Mi", 5L << 20)]
    [InlineData(OperationStep.Stage, "999999999Gi", 999999999L << 30)]
    [InlineData(OperationStep.Stage, null, null)]
    [InlineData(OperationStep.Patch, "5Mi", null)]
    public void Only_what_is_staged_is_bounded(OperationStep step, string? bandwidth, long? expected) =>
        Assert.Equal(expected, JobRequests.ForStep(InTurn(Scanned(), Given.Settings() with { StagingBandwidth = bandwidth }), step, 1).StagingBytesPerSecond);

    [Theory]
    [InlineData(OperationStep.Stage, OldKernels.Remove, true)]
    [InlineData(OperationStep.Patch, OldKernels.Remove, true)]
    [InlineData(OperationStep.Patch, null, false)]
    [InlineData(OperationStep.Rollback, OldKernels.Remove, false)]
    public void Old_kernels_go_where_packages_come(OperationStep step, OldKernels? kernels, bool expected) =>
        Assert.Equal(expected, JobRequests.ForStep(InTurn(Scanned(), Given.Settings() with { OldKernels = kernels }), step, 1).RemoveOldKernels);

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
