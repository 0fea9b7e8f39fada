using System.Text.Json;
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Connecting;
using PatchOperator.Contract;
using PatchOperator.Engine.World;
using PatchOperator.Integration.Tests.Sdk;
using PatchOperator.Jobs;

namespace PatchOperator.Integration.Tests.Jobs;

/// <summary>A node whose kubelet does not hand out a log blocks nothing: its Job has left a summary.</summary>
public sealed class JobReportsTests
{
    private static readonly AgentSummary Summary = new()
    {
        Step = AgentStep.Verify,
        Result = AgentResult.Done,
        Reason = "Verified",
        Message = "all is well",
        Counts = new ReportCounts(1, 0, 0, 0, 0, 0),
        Sha256 = new string('0', 64),
        Length = 1,
    };

    [Fact]
    public async Task A_log_that_never_begins_is_asked_for_three_times_and_then_the_summary_counts()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(Pods()), ScriptedServer.SilenceAsync, ScriptedServer.Json(Pods()), ScriptedServer.SilenceAsync, ScriptedServer.Json(Pods()), ScriptedServer.SilenceAsync);
        using var client = Client(server, TimeSpan.FromSeconds(0.5));
        var reports = Reports(client);
        var job = new JobRecord { Name = "job", Uid = "1" };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reports.ReadAsync(job, CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reports.ReadAsync(job, CancellationToken.None));
        var report = await reports.ReadAsync(job, CancellationToken.None);

        Assert.Equal((true, false, "all is well"), (report!.Succeeded, report.HasDetails, report.Message));
        Assert.Contains("limitBytes=", server.Requests.ElementAt(1), StringComparison.Ordinal);
    }

    /// <summary>A summary of another step, and a report that is there and is not the one of the summary.</summary>
    [Theory]
    [InlineData("patch", "the summary of the Job job, in the termination message of its pod, is of the step Verify: it was altered, and nothing of it is believed")]
    [InlineData("verify", "the report in the log of the Job job is not the one that its summary, in the pod's termination message, speaks of: it was altered, and nothing of it is believed")]
    public async Task What_was_altered_is_no_success(string step, string message)
    {
        var other = ReportFormat.Document(new AgentReport
        {
            Step = Summary.Step,
            Result = Summary.Result,
            Reason = Summary.Reason,
            Message = "all is better",
            Host = new HostFacts("", "", "", "", ""),
        });
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(Pods()), ScriptedServer.Json(ReportFormat.Log(other)));
        using var client = Client(server, TimeSpan.FromMinutes(1));

        var report = await Reports(client).ReadAsync(new JobRecord { Name = "job", Uid = "1", Step = step }, CancellationToken.None);

        Assert.Equal((false, Reasons.ReportAltered, message), (report!.Succeeded, report.Reason, report.Message));
    }

    private static KubernetesClient Client(ScriptedServer server, TimeSpan patience)
    {
        var config = server.Configuration;
        config.HttpClientTimeout = patience;
        return new KubernetesClient(config, new HardenedKubernetes(config, TimeProvider.System));
    }

    private static JobReports Reports(KubernetesClient client)
    {
        var options = new OperatorOptions { JobNamespace = "jobs", AgentImage = "a", ToolsImage = "b" };
        var api = new ClusterApi(client, new EvictionApi(client), (_, _, _, _, _) => Task.CompletedTask, options, TimeProvider.System);
        return new JobReports(api, new ClusterWorld(NullLogger<ClusterWorld>.Instance), options, NullLogger<JobReports>.Instance);
    }

    private static string Pods()
    {
        var terminated = new V1ContainerStateTerminated
        {
            ExitCode = (int)Summary.Result,
            Message = JsonSerializer.Serialize(Summary, ContractJson.Default.AgentSummary),
        };
        return KubernetesJson.Serialize(new V1PodList
        {
            Metadata = new V1ListMeta(),
            Items =
            [
                new V1Pod
                {
                    Metadata = new V1ObjectMeta { Name = "pod" },
                    Status = new V1PodStatus
                    {
                        ContainerStatuses =
                        [
                            new V1ContainerStatus
                            {
                                Name = "agent",
                                Image = "a",
                                ImageID = "a",
                                Ready = false,
                                RestartCount = 0,
                                State = new V1ContainerState { Terminated = terminated },
                            },
                        ],
                    },
                },
            ],
        });
    }
}
