using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.World;
using PatchOperator.Jobs;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Jobs;

public class HookReportsTests
{
    public static TheoryData<int, string?, string?, string> Ends => new()
    {
        { 3, "Error", "no\nroute to\n\nthe\nhost\n", "hook beforeDrain ended with exit code 3: route to / the / host" },
        { 1, "Error", null, "hook beforeDrain ended with exit code 1" },
        { 137, "OOMKilled", "", "hook beforeDrain ended with exit code 137 (OOMKilled)" },
    };

    [Theory, MemberData(nameof(Ends))]
    public void A_hook_that_has_failed_says_with_what_and_what_it_said_last(int exitCode, string? reason, string? message, string says)
    {
        var report = HookReports.Of(Job, Pod(exitCode, reason, message))!;

        Assert.Equal((false, Reasons.HookFailed, says), (report.Succeeded, report.Reason, report.Message));
    }

    [Fact]
    public void What_it_said_is_cut_from_its_beginning() =>
        Assert.EndsWith($": …{new string('x', 399)}!", HookReports.Of(Job, Pod(1, "Error", $"a{new string('x', 500)}!"))!.Message, StringComparison.Ordinal);

    [Fact]
    public void The_Job_itself_says_that_it_went_well() => Assert.True(HookReports.Of(Job with { Finished = true, Succeeded = true })!.Succeeded);

    [Fact]
    public void A_pod_that_has_not_ended_tells_nothing() => Assert.Null(HookReports.Of(Job, new PodResource()));

    private static JobRecord Job => new() { Name = "job", Uid = "uid", Hook = "beforeDrain" };

    private static PodResource Pod(int exitCode, string? reason, string? message) => new()
    {
        Status = new PodResource.StatusFields
        {
            ContainerStatuses =
            [
                new PodResource.Container
                {
                    Name = "hook", State = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = exitCode, Reason = reason, Message = message } },
                },
            ],
        },
    };
}
