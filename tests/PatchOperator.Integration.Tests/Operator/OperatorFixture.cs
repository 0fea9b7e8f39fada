using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PatchOperator.Api;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Integration.Tests.Operator;

/// <summary>The operator itself, at work on a real API server whose nodes and finished Jobs are objects that the test moves.</summary>
public sealed class OperatorFixture : IAsyncLifetime, IDisposable
{
    private readonly ApiServerFixture server = new();
    private WebApplication? host;
    private KubernetesClient? client;

    public IKubernetesClient Client => client ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>Where the operator answers.</summary>
    public Uri Address => AddressOf(host!);

    /// <summary>Where the operator makes its Jobs.</summary>
    public string Namespace { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        await new KubectlFixture().InitializeAsync();
        client = new KubernetesClient(server.Configuration(), new Kubernetes(server.Configuration()));
        Namespace = await server.CreateNamespaceAsync("operator");
        host = await StartOperatorAsync();
    }

    /// <summary>One more replica, of the same lease.</summary>
    public async Task<WebApplication> StartOperatorAsync(Uri? otlpEndpoint = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(server.Configuration());
        OperatorHost.AddOperator(builder.Services, new OperatorOptions
        {
            JobNamespace = Namespace,
            AgentImage = "patch-operator:test",
            ToolsImage = "patch-operator-tools:test",
            OtlpEndpoint = otlpEndpoint,
        });
        var replica = builder.Build();
        OperatorHost.MapEndpoints(replica);
        await replica.StartAsync();
        return replica;
    }

    public static Uri AddressOf(WebApplication replica) => new(replica.Urls.Single());

    /// <summary>Stops the replica that the fixture started.</summary>
    public async Task StopOperatorAsync()
    {
        await host!.StopAsync();
        await host.DisposeAsync();
        host = null;
    }

    /// <summary>Stops another replica and starts the fixture's own again.</summary>
    public async Task RestartOperatorAsync(WebApplication other)
    {
        await other.StopAsync();
        host = await StartOperatorAsync();
    }

    public async Task<V1Node> CreateNodeAsync(string label)
    {
        var name = ApiServerFixture.UniqueName("node");
        await Client.ApiClient.CoreV1.CreateNodeAsync(
            new V1Node { Metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["test"] = label } } });
        const string Status =
            """{"status":{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}],"nodeInfo":{"bootID":"boot-1"}}}""";
        return await Client.ApiClient.CoreV1.PatchNodeStatusAsync(new V1Patch(Status, V1Patch.PatchType.MergePatch), name);
    }

    /// <summary>A policy, under a name of its own, for the nodes labelled <paramref name="label"/>.</summary>
    public Task<PatchPolicy> CreatePolicyAsync(string label, Func<PatchPolicySpec, PatchPolicySpec>? change = null)
    {
        var spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["test"] = label } } };
        return Client.CreateAsync(
            new PatchPolicy { Metadata = new V1ObjectMeta { Name = ApiServerFixture.UniqueName("policy") }, Spec = change?.Invoke(spec) ?? spec });
    }

    /// <summary>Waits until an object is as it should be, and returns it.</summary>
    public async Task<TEntity> UntilAsync<TEntity>(string name, Predicate<TEntity> condition, string what)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        TEntity? entity = null;
        try
        {
            await Eventually.TrueAsync(async () => (entity = await Client.GetAsync<TEntity>(name)) is not null && condition(entity), what);
        }
        catch (Xunit.Sdk.FailException exception)
        {
            Assert.Fail($"{typeof(TEntity).Name} {name}: {exception.Message}; it is {KubernetesJson.Serialize(entity)}");
        }

        return entity!;
    }

    public async Task<V1Job> JobAsync(string node)
    {
        V1Job? job = null;
        await Eventually.TrueAsync(
            async () => (job = (await Client.ListAsync<V1Job>(Namespace, $"{ApiGroup.NodeLabel}={node}")).FirstOrDefault()) is not null,
            $"a Job for {node}");
        return job!;
    }

    /// <summary>Ends a Job as the cluster would, with what its agent left as termination message, if it left any.</summary>
    public async Task FinishAsync(V1Job job, string? terminationMessage)
    {
        if (terminationMessage is not null)
            await PodAsync(job, "agent", 0, terminationMessage);
        await JobStatus.EndAsync(Client.ApiClient, job, failed: false);
    }

    /// <summary>What comes before <see cref="FinishAsync"/>, which then is to be given no message: the agent has ended, and the Job not yet.</summary>
    public async Task DecideAsync(V1Job job, string terminationMessage)
    {
        await PodAsync(job, "agent", 0, terminationMessage);
        await JobStatus.WriteAsync(Client.ApiClient, job, JobStatus.WillComplete);
    }

    /// <summary>Ends an image's Job in the given container, which is its last unless its exit code says otherwise.</summary>
    public async Task EndAsync(V1Job job, string terminationMessage, int exitCode = 0, string container = "report")
    {
        await PodAsync(job, container, exitCode, terminationMessage);
        await JobStatus.EndAsync(Client.ApiClient, job, failed: exitCode != 0);
    }

    private async Task PodAsync(V1Job job, string container, int exitCode, string terminationMessage)
    {
        var pod = await Client.ApiClient.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta { Name = $"{job.Metadata.Name}-x", Labels = new Dictionary<string, string> { ["job-name"] = job.Metadata.Name } },
                Spec = new V1PodSpec { Containers = [new V1Container { Name = container, Image = "patch-operator:test" }] },
            },
            Namespace);
        var status = KubernetesJson.Serialize(new
        {
            status = new
            {
                phase = exitCode == 0 ? "Succeeded" : "Failed",
                containerStatuses = new[]
                {
                    new
                    {
                        name = container, image = "patch-operator:test", imageID = "", ready = false, restartCount = 0,
                        state = new { terminated = new { exitCode, message = terminationMessage } },
                    },
                },
            },
        });
        await Client.ApiClient.CoreV1.PatchNamespacedPodStatusAsync(new V1Patch(status, V1Patch.PatchType.MergePatch), pod.Metadata.Name, Namespace);
    }

    public async Task DisposeAsync()
    {
        if (host is not null)
            await StopOperatorAsync();
    }

    public void Dispose()
    {
        client?.Dispose();
        server.Dispose();
    }
}
