using System.Net;
using System.Text.Json.Nodes;
using k8s.Models;
using PatchOperator.Engine.Questions;
using PatchOperator.Jobs;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests.Jobs;

public sealed class JobProblemsTests : IDisposable
{
    private readonly OperatorBench bench = new();

    public void Dispose() => bench.Dispose();

    public static TheoryData<string, (string Uid, string Reason, string Message)[], string?> Told => new()
    {
        { "nothing", [], null },
        { "why there is no pod", [("uid", "FailedCreate", "no account")], "no account" },
        { "the last reason of all", [("uid", "FailedCreate", "no account"), ("uid", "FailedCreate", "no quota")], "no quota" },
        { "that there is one by now", [("uid", "FailedCreate", "no quota"), ("uid", "SuccessfulCreate", "pod made")], null },
        { "something of another Job", [("other", "FailedCreate", "no account")], null },
    };

    [Theory, MemberData(nameof(Told))]
    public async Task The_events_of_a_Job_tell_why_it_has_no_pod(string what, (string Uid, string Reason, string Message)[] events, string? problem)
    {
        foreach (var (uid, reason, message) in events)
        {
            bench.Store.Create(Corev1Event.KubeKind, new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = message },
                ["involvedObject"] = new JsonObject { ["uid"] = uid },
                ["reason"] = reason,
                ["message"] = message,
                ["lastTimestamp"] = bench.Store.Now(),
            });
            bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(problem == await AskAsync(), what);
    }

    [Fact]
    public async Task Events_that_may_not_be_read_hold_nothing_up()
    {
        bench.Api.Answer("get Events", ApiAnswer.Refuse(HttpStatusCode.Forbidden, "events is forbidden"));

        Assert.Equal("it has no pod, and its events cannot be read: events is forbidden", await AskAsync());
    }

    private Task<string?> AskAsync() => bench.Get<JobProblems>().ReadAsync(new ProblemOfJob("job", "uid"), CancellationToken.None);
}
