using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using PatchOperator.Connecting;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>Requests to a real API server.</summary>
public sealed class RequestTests(ApiServerFixture api) : IClassFixture<ApiServerFixture>
{
    private ICoreV1Operations Core => api.Kubernetes.CoreV1;

    [Fact]
    public async Task A_node_is_created_read_cordoned_and_deleted()
    {
        var name = await CreateNodeAsync(new Dictionary<string, string> { ["a"] = "b" });

        var cordoned = await Core.PatchNodeAsync(Merge(new { spec = new { unschedulable = true } }), name, fieldManager: "test");
        Assert.True(cordoned.Spec.Unschedulable);
        Assert.Equal("b", cordoned.GetLabel("a"));

        await Core.PatchNodeStatusAsync(
            new V1Patch(new { status = new { conditions = new[] { new { type = "Ready", status = "True" } } } }, V1Patch.PatchType.StrategicMergePatch),
            name);
        var read = await Core.ReadNodeAsync(name);
        Assert.Equal("True", read.Status.Conditions.Single(condition => condition.Type == "Ready").Status);

        await Core.DeleteNodeAsync(name);
        await AssertStatusAsync(HttpStatusCode.NotFound, () => Core.ReadNodeAsync(name));
    }

    [Fact]
    public async Task A_list_comes_in_pages()
    {
        var label = ApiServerFixture.UniqueName("page");
        for (var i = 0; i < 3; i++)
            await CreateNodeAsync(new Dictionary<string, string> { [label] = "x" });

        var first = await Core.ListNodeAsync(labelSelector: label, limit: 2);
        var second = await Core.ListNodeAsync(labelSelector: label, limit: 2, continueParameter: first.Continue());

        Assert.Equal(2, first.Items.Count);
        Assert.Single(second.Items);
        Assert.True(string.IsNullOrEmpty(second.Continue()));
        Assert.Equal(first.ResourceVersion(), second.ResourceVersion());
    }

    [Fact]
    public async Task Any_kind_is_listed_with_its_version()
    {
        var label = ApiServerFixture.UniqueName("generic");
        var name = await CreateNodeAsync(new Dictionary<string, string> { [label] = "x" });
        using var nodes = new GenericClient(api.Kubernetes, "v1", "nodes", disposeClient: false);

        var list = await nodes.ListAsync<EntityList<V1Node>>(labelSelector: label, limit: 1);

        Assert.Equal(name, list.Items.Single().Name());
        Assert.False(string.IsNullOrEmpty(list.Metadata.ResourceVersion));
    }

    [Fact]
    public async Task An_error_carries_the_Status_of_the_server()
    {
        var e = await AssertStatusAsync(HttpStatusCode.NotFound, () => Core.ReadNodeAsync("nobody"));

        var status = KubernetesJson.Deserialize<V1Status>(e.Response.Content);
        Assert.Equal("NotFound", status.Reason);
        Assert.Equal("nobody", status.Details.Name);
        Assert.Equal(HttpMethod.Get, e.Request.Method);
    }

    [Fact]
    public async Task A_patch_of_an_outdated_version_is_a_conflict()
    {
        var name = await CreateNodeAsync();
        var version = (await Core.ReadNodeAsync(name)).ResourceVersion();
        await Core.PatchNodeAsync(Merge(new { spec = new { unschedulable = true } }), name);

        await AssertStatusAsync(
            HttpStatusCode.Conflict,
            () => Core.PatchNodeAsync(Merge(new { metadata = new { resourceVersion = version }, spec = new { unschedulable = false } }), name));
    }

    [Fact]
    public async Task Server_side_apply_names_its_manager()
    {
        var name = await CreateNodeAsync();
        var wanted = new { apiVersion = "v1", kind = "Node", metadata = new { name, labels = new Dictionary<string, string> { ["a"] = "b" } } };

        var applied = await Core.PatchNodeAsync(new V1Patch(wanted, V1Patch.PatchType.ApplyPatch), name, fieldManager: "test", force: true);

        Assert.Equal("b", applied.GetLabel("a"));
    }

    [Fact]
    public async Task A_pod_is_found_by_its_node()
    {
        var (ns, node) = (await api.CreateNamespaceAsync("pods"), await CreateNodeAsync());
        await CreatePodAsync(ns, "here", node);
        await CreatePodAsync(ns, "elsewhere", "another-node");

        var found = await Core.ListPodForAllNamespacesAsync(fieldSelector: $"spec.nodeName={node}");
        Assert.Equal("here", found.Items.Single().Name());

        var deleted = await Core.DeleteNamespacedPodAsync("here", ns, new V1DeleteOptions { GracePeriodSeconds = 0 });
        Assert.Equal("here", deleted.Name());
    }

    [Fact]
    public async Task A_pod_is_evicted_unless_it_is_another_pod_of_that_name()
    {
        var ns = await api.CreateNamespaceAsync("evict");
        var pod = await CreatePodAsync(ns, "a", nodeName: null);

        await AssertStatusAsync(HttpStatusCode.Conflict, () => EvictAsync(pod, uid: "another"));
        await EvictAsync(pod, pod.Uid());

        await Eventually.TrueAsync(async () => await IsGoneAsync(pod), "the pod is gone");
    }

    [Fact]
    public async Task A_job_is_created_read_finished_and_deleted_with_its_pods()
    {
        var ns = await api.CreateNamespaceAsync("jobs");
        await api.Kubernetes.BatchV1.CreateNamespacedJobAsync(Job("a"), ns);
        await AssertStatusAsync(HttpStatusCode.Conflict, () => api.Kubernetes.BatchV1.CreateNamespacedJobAsync(Job("a"), ns));

        await api.Kubernetes.BatchV1.PatchNamespacedJobStatusAsync(Merge(new { status = new { succeeded = 1 } }), "a", ns);
        var read = await api.Kubernetes.BatchV1.ReadNamespacedJobAsync("a", ns);
        Assert.Equal(1, read.Status.Succeeded);
        Assert.True(read.Spec.Template.Spec.HostPID);
        Assert.Equal("Directory", read.Spec.Template.Spec.Volumes.Single().HostPath.Type);

        var deleted = await api.Kubernetes.BatchV1.DeleteNamespacedJobAsync("a", ns, propagationPolicy: "Background");
        Assert.Equal("Success", deleted.Status);
        Assert.Empty((await api.Kubernetes.BatchV1.ListNamespacedJobAsync(ns)).Items);
    }

    [Fact]
    public async Task A_deletion_that_waits_answers_with_the_object()
    {
        var ns = await api.CreateNamespaceAsync("held");
        var job = Job("a");
        job.Metadata.Finalizers = ["test.patchop.dev/hold"];
        await api.Kubernetes.BatchV1.CreateNamespacedJobAsync(job, ns);

        await api.Kubernetes.BatchV1.DeleteNamespacedJobAsync("a", ns);

        Assert.NotNull((await api.Kubernetes.BatchV1.ReadNamespacedJobAsync("a", ns)).DeletionTimestamp());
        await api.Kubernetes.BatchV1.DeleteCollectionNamespacedJobAsync(ns);
    }

    [Fact]
    public async Task Discovery_names_the_versions_of_the_policy_group()
    {
        var group = await api.Kubernetes.Policy.GetAPIGroupAsync();

        Assert.Equal("policy", group.Name);
        Assert.Contains(group.Versions, version => version.Version is "v1" or "v1beta1");
    }

    [Fact]
    public async Task A_service_account_is_let_in_by_its_token()
    {
        var ns = await api.CreateNamespaceAsync("account");
        using var accounts = new GenericClient(api.Kubernetes, "v1", "serviceaccounts", disposeClient: false);
        await accounts.CreateNamespacedAsync(Account("a"), ns);
        var token = await ServiceAccountToken.RequestAsync(api, ns, "a");

        var config = WithoutCertificate();
        config.AccessToken = token;
        using var kubernetes = new HardenedKubernetes(config, TimeProvider.System);

        Assert.Contains($"system:serviceaccount:{ns}:a", await RefusalAsync(kubernetes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_used_from_when_it_is_in_its_file()
    {
        var ns = await api.CreateNamespaceAsync("account");
        using var accounts = new GenericClient(api.Kubernetes, "v1", "serviceaccounts", disposeClient: false);
        await accounts.CreateNamespacedAsync(Account("first"), ns);
        await accounts.CreateNamespacedAsync(Account("second"), ns);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, await ServiceAccountToken.RequestAsync(api, ns, "first"));
        var config = WithoutCertificate();
        config.TokenProvider = new TokenFile(file, TimeProvider.System);
        using var kubernetes = new HardenedKubernetes(config, TimeProvider.System);
        Assert.Contains($"{ns}:first", await RefusalAsync(kubernetes), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, await ServiceAccountToken.RequestAsync(api, ns, "second"));

        await Eventually.TrueAsync(
            async () => (await RefusalAsync(kubernetes)).Contains($"{ns}:second", StringComparison.Ordinal), "the new token is used", TimeSpan.FromSeconds(90));
        File.Delete(file);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        var config = api.Configuration();
        config.TlsServerName = "somebody.else.test";
        using var kubernetes = new HardenedKubernetes(config, TimeProvider.System);

        await Assert.ThrowsAsync<HttpRequestException>(() => kubernetes.CoreV1.ListNodeAsync(limit: 1));
    }

    [Fact]
    public async Task The_name_of_the_certificate_can_be_given()
    {
        var config = api.Configuration();
        config.TlsServerName = "kubernetes.default.svc";
        using var kubernetes = new HardenedKubernetes(config, TimeProvider.System);

        await kubernetes.CoreV1.ListNodeAsync(limit: 1);
    }

    [Fact]
    public async Task An_unknown_authority_is_refused_unless_told_otherwise()
    {
        var config = api.Configuration();
        config.SslCaCerts = null;
        using (var careful = new HardenedKubernetes(config, TimeProvider.System))
            await Assert.ThrowsAsync<HttpRequestException>(() => careful.CoreV1.ListNodeAsync(limit: 1));

        config.SkipTlsVerify = true;
        using var careless = new HardenedKubernetes(config, TimeProvider.System);
        await careless.CoreV1.ListNodeAsync(limit: 1);
    }

    [Fact]
    public async Task A_continuation_that_is_too_old_is_gone()
    {
        if (await Etcd.FindAsync(api) is not { } etcd)
            return; // a cluster that was given to us: its etcd is not ours

        var label = ApiServerFixture.UniqueName("old");
        for (var i = 0; i < 2; i++)
            await CreateNodeAsync(new Dictionary<string, string> { [label] = "x" });
        var page = await Core.ListNodeAsync(labelSelector: label, limit: 1);
        await CreateNodeAsync();

        await etcd.CompactAsync(await CurrentVersionAsync());

        var e = await AssertStatusAsync(
            HttpStatusCode.Gone, () => Core.ListNodeAsync(labelSelector: label, limit: 1, continueParameter: page.Continue()));
        Assert.Equal("Expired", KubernetesJson.Deserialize<V1Status>(e.Response.Content).Reason);
    }

    /// <summary>What the server says to somebody who may not read nodes: it names them.</summary>
    private static async Task<string> RefusalAsync(Kubernetes kubernetes) =>
        (await AssertStatusAsync(HttpStatusCode.Forbidden, () => kubernetes.CoreV1.ListNodeAsync())).Response.Content;

    private static V1Patch Merge(object content) => new(content, V1Patch.PatchType.MergePatch);

    private static async Task<HttpOperationException> AssertStatusAsync(HttpStatusCode expected, Func<Task> request)
    {
        var e = await Assert.ThrowsAsync<HttpOperationException>(request);
        Assert.Equal(expected, e.Response.StatusCode);
        return e;
    }

    private static Widget.RawObject Account(string name) => new()
    {
        ApiVersion = "v1",
        Kind = "ServiceAccount",
        Metadata = new V1ObjectMeta { Name = name },
    };

    private static V1Job Job(string name) => new V1Job
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1JobSpec
        {
            BackoffLimit = 0,
            Template = new V1PodTemplateSpec
            {
                Spec = new V1PodSpec
                {
                    HostPID = true,
                    RestartPolicy = "Never",
                    Containers = [new V1Container { Name = "a", Image = "a", SecurityContext = new V1SecurityContext { Privileged = true } }],
                    Volumes = [new V1Volume { Name = "host", HostPath = new V1HostPathVolumeSource { Path = "/", Type = "Directory" } }],
                },
            },
        },
    }.Initialize();

    private KubernetesClientConfiguration WithoutCertificate()
    {
        var config = api.Configuration();
        (config.ClientCertificateData, config.ClientCertificateKeyData) = (null, null);
        (config.ClientCertificateFilePath, config.ClientKeyFilePath) = (null, null);
        return config;
    }

    private Task<V1Pod> CreatePodAsync(string ns, string name, string? nodeName)
    {
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = ns },
            Spec = new V1PodSpec { NodeName = nodeName, Containers = [new V1Container { Name = "a", Image = "a" }] },
        };
        return Core.CreateNamespacedPodAsync(pod.Initialize(), ns);
    }

    private async Task EvictAsync(V1Pod pod, string uid)
    {
        var policy = await api.Kubernetes.Policy.GetAPIGroupAsync();
        var eviction = new V1Eviction
        {
            ApiVersion = policy.Versions.Any(version => version.Version == "v1") ? "policy/v1" : "policy/v1beta1",
            Kind = V1Eviction.KubeKind,
            Metadata = new V1ObjectMeta { Name = pod.Name(), NamespaceProperty = pod.Namespace() },
            DeleteOptions = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = uid } },
        };
        await Core.CreateNamespacedPodEvictionAsync(eviction, pod.Name(), pod.Namespace());
    }

    private async Task<bool> IsGoneAsync(V1Pod pod)
    {
        var left = await Core.ListNamespacedPodAsync(pod.Namespace(), fieldSelector: $"metadata.name={pod.Name()}");
        return left.Items.Count == 0;
    }

    private async Task<string> CurrentVersionAsync() => (await Core.ListNodeAsync(limit: 1)).ResourceVersion();

    private async Task<string> CreateNodeAsync(IDictionary<string, string>? labels = null)
    {
        var name = ApiServerFixture.UniqueName("node");
        await Core.CreateNodeAsync(new V1Node { Metadata = new V1ObjectMeta { Name = name, Labels = labels } }.Initialize());
        return name;
    }
}
