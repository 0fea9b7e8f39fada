using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Integration.Tests.Operator;
using PatchOperator.Registry;
using PatchOperator.Registry.Tests.Registries;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>
/// A cluster in which something of everything has happened: one policy's run has rebooted its node; the other's has halted at a node
/// whose package manager failed, beside a node whose scan failed; an image was built.
/// </summary>
public sealed class PatchedCluster(OperatorFixture cluster) : IAsyncLifetime, IDisposable
{
    /// <summary>When the pending security update of the halted policy was first seen.</summary>
    public static readonly DateTimeOffset FirstSeen = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TestRegistry registry = TestRegistry.Start();
    private readonly HttpClient client = new();
    private PrometheusServer? prometheus;

    public OperatorFixture Operator => cluster;

    public string Window { get; } = ApiServerFixture.UniqueName("always");

    /// <summary>A window that is closed, and opens on the next leap day.</summary>
    public string Rare { get; } = ApiServerFixture.UniqueName("rare");

    /// <summary>The policy whose run has succeeded.</summary>
    public string Patched { get; private set; } = "";

    /// <summary>The policy whose run has halted.</summary>
    public string Halted { get; private set; } = "";

    public string Baseline { get; } = ApiServerFixture.UniqueName("baseline");

    /// <summary>What an operator answers now, the fixture's own unless told otherwise.</summary>
    public async Task<string> ScrapeAsync(Uri? address = null) => await client.GetStringAsync(new Uri(address ?? cluster.Address, "/metrics"));

    /// <summary>A Prometheus that has scraped the operator.</summary>
    internal async Task<PrometheusServer> PrometheusAsync()
    {
        prometheus ??= new PrometheusServer(cluster.Address, Repository.PathOf("config/monitoring/alerts.yaml"));
        await prometheus.ScrapedAsync();
        return prometheus;
    }

    public async Task InitializeAsync()
    {
        await CreateWindowAsync(Rare, "0 0 29 2 *", "1h");
        await CreateWindowAsync(Window, "0 0 * * *", "24h");
        await cluster.UntilAsync<PatchWindow>(Window, window => window.Status.Current is not null, "is open");
        await Task.WhenAll(RebootAsync(), HaltAsync(), BuildAsync());
    }

    public async Task DisposeAsync()
    {
        await cluster.Client.DeleteAsync<PatchPolicy>(Patched);
        await cluster.Client.DeleteAsync<PatchPolicy>(Halted);
        await cluster.Client.DeleteAsync<ImageBaseline>(Baseline);
        await cluster.Client.DeleteAsync<PatchWindow>(Window);
        await cluster.Client.DeleteAsync<PatchWindow>(Rare);
    }

    public void Dispose()
    {
        prometheus?.Dispose();
        client.Dispose();
        registry.Dispose();
    }

    private Task<PatchWindow> CreateWindowAsync(string name, string cron, string duration) => cluster.Client.CreateAsync(new PatchWindow
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = cron }], Duration = duration, TimeZone = "Europe/Berlin" },
    });

    private async Task RebootAsync()
    {
        var (policy, nodes) = await CreateAsync("patched", nodes: 1);
        Patched = policy;
        var node = nodes[0];
        await FinishAsync(node, "scan", Report(AgentStep.Scan, reboot: true));
        await FinishAsync(node, "reboot", Report(AgentStep.Reboot, reboot: true));
        const string Rebooted = """{"status":{"nodeInfo":{"bootID":"boot-2"}}}""";
        await cluster.Client.ApiClient.CoreV1.PatchNodeStatusAsync(new V1Patch(Rebooted, V1Patch.PatchType.MergePatch), node);
        await FinishAsync(node, "verify", Report(AgentStep.Verify) with { OutdatedServices = ["ssh.service"] });
        await cluster.UntilAsync<PatchPolicy>(
            policy, found => found.Status.LastRun is { Phase: RunPhase.Succeeded } && found.Status.Nodes!.Compliant == 1, "is patched");
    }

    private async Task HaltAsync()
    {
        var (policy, nodes) = await CreateAsync("halted", nodes: 2);
        Halted = policy;
        var (failing, silent) = (nodes[0], nodes[1]);
        await cluster.FinishAsync(await JobAsync(silent, "scan"), terminationMessage: null);
        await FinishAsync(failing, "scan", Report(AgentStep.Scan, pending: 1));
        await cluster.UntilAsync<NodePatch>(failing, patch => patch.Status.LastScan is not null, "was scanned");
        await SetPendingAsync(failing);
        await FinishAsync(
            failing,
            "patch",
            Report(AgentStep.Patch, pending: 1) with { Result = AgentResult.PackageManagerFailed, Reason = AgentReasons.PackageManagerFailed });
        await cluster.UntilAsync<PatchPolicy>(
            policy, found => found.Status is { Nodes: { Failed: 1, Unknown: 1 }, Updates.Security: 1, CurrentRun: not null }, "names both nodes");
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ListAsync<PatchRun>()).Any(run => run.Spec.Policy.Name == policy && run.Status.Phase == RunPhase.Halted),
            "the run has halted");
    }

    private async Task BuildAsync()
    {
        await cluster.Client.CreateAsync(new ImageBaseline
        {
            Metadata = new V1ObjectMeta { Name = Baseline },
            Spec = new ImageBaselineSpec
            {
                Source = new ImageSource { Suite = "bookworm" },
                Output = new ImageOutput { Repository = $"{registry.Address}/golden/worker", Insecure = true },
                Gate = new ImageGate { OnFinding = GateAction.Report },
                Triggers = new ImageTriggers { OnPendingUpdates = ImagePendingTrigger.Never },
                Nodes = new ImageNodes
                {
                    Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["test"] = Baseline } },
                    IdentifyBy = new ImageIdentity { Annotation = "example.com/image" },
                },
            },
        });
        using var layout = new TestLayout("golden");
        await registry.Client("golden/worker").PushAsync(await OciLayout.ReadAsync(layout.Path, CancellationToken.None), "golden", CancellationToken.None);
        var reserved = await cluster.UntilAsync<ImageBaseline>(Baseline, found => found.Status.Job is not null, "is built");
        V1Job? job = null;
        await Eventually.TrueAsync(
            async () => (job = await cluster.Client.GetAsync<V1Job>(reserved.Status.Job!.Name, cluster.Namespace)) is not null, "the Job is there");
        await cluster.EndAsync(job!, ImageResults.Write(new ImageResult
        {
            Reason = ImageReasons.Completed,
            Message = "done",
            Image = new ImageFacts(layout.Manifest, "v1", 1000),
            Findings = new ImageFindings
            {
                OsFamily = "debian-12",
                OsImage = "Debian",
                Packages = 200,
                PatchLevel = "level",
                PendingSecurity = 2,
                PendingTotal = 5,
                Held = 0,
                Expected = [],
            },
        }));
        await cluster.UntilAsync<ImageBaseline>(Baseline, found => found.Status is { Current: not null, Nodes: not null }, "is promoted");
    }

    private async Task<(string Policy, string[] Nodes)> CreateAsync(string hint, int nodes)
    {
        var label = ApiServerFixture.UniqueName(hint);
        var names = new List<string>();
        for (var i = 0; i < nodes; i++)
            names.Add((await cluster.CreateNodeAsync(label)).Metadata.Name);
        var policy = await cluster.CreatePolicyAsync(label, spec => spec with { Windows = [Window], Rollout = spec.Rollout with { MinReadySeconds = 0 } });
        return (policy.Metadata.Name, [.. names]);
    }

    private async Task<V1Job> JobAsync(string node, string step)
    {
        V1Job? job = null;
        await Eventually.TrueAsync(
            async () => (
                job = (await cluster.Client.ListAsync<V1Job>(cluster.Namespace, $"{ApiGroup.NodeLabel}={node},{ApiGroup.StepLabel}={step}")).FirstOrDefault()) is not null,
            $"a Job to {step} {node}");
        return job!;
    }

    private async Task FinishAsync(string node, string step, AgentReport report) =>
        await cluster.EndAsync(await JobAsync(node, step), ReportFormat.Summary(report, ReportFormat.Document(report)), (int)report.Result, "agent");

    // The list itself is in a Job's log, and there is no kubelet to ask for it.
    private Task SetPendingAsync(string node) => Eventually.TrueAsync(
        async () =>
        {
            var patch = (await cluster.Client.GetAsync<NodePatch>(node))!;
            patch.Status = patch.Status with
            {
                Pending = [new PendingPackage { Name = "openssl", Installed = "1", Candidate = "2", Security = true, FirstSeen = FirstSeen }],
            };
            try
            {
                await cluster.Client.UpdateStatusAsync(patch);
                return true;
            }
            catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
            {
                return false;
            }
        },
        "the pending update is written");

    private static AgentReport Report(AgentStep step, bool reboot = false, int pending = 0) => new()
    {
        Step = step,
        Result = AgentResult.Done,
        Reason = AgentReasons.Completed,
        Message = "done",
        Host = new HostFacts("Debian", "debian-12", "6.1", "amd64", "apt"),
        Installed = new InstalledFacts(100, "level"),
        Pending = [.. Enumerable.Repeat(new PendingUpdate("openssl", "1", "2", Security: true, Held: false), pending)],
        Reboot = new RebootFacts(reboot, []),
    };
}
