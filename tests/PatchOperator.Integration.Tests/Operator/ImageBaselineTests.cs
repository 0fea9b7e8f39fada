using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract.Images;
using PatchOperator.Engine.Specs;
using PatchOperator.Registry;
using PatchOperator.Registry.Tests.Registries;

namespace PatchOperator.Integration.Tests.Operator;

/// <summary>Baselines on a real API server and a real registry; the Jobs' containers are ended by the test.</summary>
[Collection(OperatorCollection.Name)]
public sealed class ImageBaselineTests(OperatorFixture cluster) : IDisposable
{
    private readonly TestRegistry registry = TestRegistry.Start();

    public void Dispose() => registry.Dispose();

    [Fact]
    public async Task What_the_registry_holds_is_tagged_and_current()
    {
        var baseline = await CreateAsync();
        var digest = await PushAsync("first");

        await cluster.EndAsync(await JobAsync(baseline), Report(digest, security: 0));

        var current = (await UntilAsync(baseline, found => found.Status.Current is not null, "is promoted")).Status.Current!;
        Assert.Equal($"{registry.Address}/golden/worker@{digest}", current.Reference);
        Assert.Equal(("v1", "level", 200, 0), (current.Version, current.PatchLevel, current.Packages, current.Pending!.Security));
        Assert.Equal(digest, await registry.Client("golden/worker").DigestAsync("current", CancellationToken.None));
    }

    [Fact]
    public async Task What_the_registry_does_not_hold_is_never_promoted()
    {
        var baseline = await CreateAsync();

        await cluster.EndAsync(await JobAsync(baseline), Report("sha256:" + new string('0', 64), security: 0));

        await UntilAsync(baseline, found => Condition(found, "Stalled") is { Status: "True", Reason: Reasons.ResultInvalid }, "has stalled");
    }

    [Fact]
    public async Task A_registry_that_is_away_is_waited_for()
    {
        var baseline = await CreateAsync();
        var digest = await PushAsync("away");
        var job = await JobAsync(baseline);
        registry.Stop();

        await cluster.EndAsync(job, Report(digest, security: 0));

        var waiting = await UntilAsync(
            baseline, found => Condition(found, "Reconciling") is { Status: "True", Reason: Reasons.RegistryUnavailable }, "waits for the registry");
        Assert.Equal("False", Condition(waiting, "Stalled")!.Status);
        Assert.Contains(registry.Address, Condition(waiting, "Reconciling")!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImageExitCodes.BadRecipe, "Stalled", "RecipeFailed")]
    [InlineData(1, "Stalled", "RecipeFailed")]
    [InlineData(ImageExitCodes.TryAgain, "Reconciling", Reasons.ImageJobRetried)]
    [InlineData(137, "Reconciling", Reasons.ImageJobRetried)]
    public async Task A_custom_builder_says_by_its_exit_code_what_is_at_fault(int exitCode, string condition, string reason)
    {
        var baseline = await CreateAsync(spec => spec with
        {
            Builder = new ImageBuilder { Type = ImageBuilderType.Custom, Image = "builder:test", Command = ["build-it"] },
        });
        var job = await JobAsync(baseline);
        Assert.Equal(["build-it"], job.Spec.Template.Spec.InitContainers[0].Command);
        Assert.NotEqual(true, job.Spec.Template.Spec.InitContainers[0].SecurityContext.Privileged);

        await cluster.EndAsync(job, "\u0001 not {json at all", exitCode, "build");

        var found = await UntilAsync(baseline, found => Condition(found, condition) is { Status: "True" } given && given.Reason == reason, "says so");
        Assert.Contains("not {json at all", Condition(found, condition)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_rubbish_is_no_success()
    {
        var baseline = await CreateAsync();

        await cluster.EndAsync(await JobAsync(baseline), "all is well, believe me");

        var found = await UntilAsync(baseline, found => found.Status.Job is { Attempt: 2 }, "is tried again");
        Assert.Null(found.Status.Current);
        Assert.Contains("ended without a report", found.Status.Job!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jobs_containers_have_no_token_and_only_those_have_rights_that_need_them()
    {
        var job = await JobAsync(await CreateAsync());

        var pod = job.Spec.Template.Spec;
        Assert.Equal(["build", "test", "scan", "report"], pod.InitContainers.Concat(pod.Containers).Select(container => container.Name));
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.NotEqual(true, pod.HostPID);
        Assert.NotEqual(true, pod.HostNetwork);
        Assert.Equal(
            ["patch-operator-tools:test", "patch-operator-tools:test", "patch-operator-tools:test", "patch-operator:test"],
            pod.InitContainers.Concat(pod.Containers).Select(container => container.Image));
        var rights = Assert.Single(pod.Containers).SecurityContext;
        Assert.Equal(
            (true, true, false, "ALL"),
            (rights.RunAsNonRoot, rights.ReadOnlyRootFilesystem, rights.AllowPrivilegeEscalation, rights.Capabilities.Drop.Single()));
        Assert.Equal(ImageBaseline.KindName, Assert.Single(job.Metadata.OwnerReferences).Kind);
        Assert.Equal(0, job.Spec.BackoffLimit);
    }

    [Fact]
    public async Task A_request_to_rebuild_is_taken_once()
    {
        var baseline = await CreateAsync();
        var digest = await PushAsync("again");
        await cluster.EndAsync(await JobAsync(baseline), Report(digest, security: 0));
        await UntilAsync(baseline, found => found.Status.Current is not null, "is promoted");

        await AnnotateAsync(baseline, ApiGroup.RebuildAnnotation, "now");
        var second = await JobAsync(baseline, number: 2);
        await cluster.EndAsync(second, Report(digest, security: 0));

        var done = await UntilAsync(baseline, found => found.Status is { LastBuild.Number: 2, Job: null }, "is done");
        Assert.DoesNotContain(ApiGroup.RebuildAnnotation, done.Metadata.Annotations?.Keys ?? []);
        Assert.Equal(BuildTrigger.Manual, done.Status.LastBuild!.Trigger);
        Assert.Equal(second.Metadata.Name, Assert.Single(await JobsAsync(baseline)).Metadata.Name);
    }

    [Fact]
    public async Task Retention_deletes_from_the_registry_and_keeps_what_a_node_still_runs()
    {
        var label = ApiServerFixture.UniqueName("image");
        var node = await cluster.CreateNodeAsync(label);
        var baseline = await CreateAsync(spec => spec with
        {
            Retention = new ImageRetention { Keep = 0, Failed = 0 },
            Nodes = new ImageNodes
            {
                Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["test"] = label } },
                IdentifyBy = new ImageIdentity { Annotation = "example.com/image" },
            },
        });
        var digests = new List<string>();
        foreach (var (content, number) in new[] { ("one", 1), ("two", 2), ("three", 3) })
        {
            if (number > 1)
                await AnnotateAsync(baseline, ApiGroup.RebuildAnnotation, "now");
            digests.Add(await PushAsync(content));
            await cluster.EndAsync(await JobAsync(baseline, number), Report(digests[^1], security: 0, version: $"v{number}"));
            await UntilAsync(baseline, found => found.Status.Current?.Version == $"v{number}", "is promoted");
            if (number == 1)
            {
                await AnnotateAsync<V1Node>(node.Metadata.Name, "example.com/image", digests[0]);
                await UntilAsync(baseline, found => found.Status.Nodes is { OnCurrent: 1 }, "counts the node");
            }
        }

        var kept = await UntilAsync(baseline, found => found.Status.History.Count == 2, "has forgotten the second");
        Assert.Equal([digests[2], digests[0]], kept.Status.History.Select(record => record.Digest));
        Assert.Equal(1, kept.Status.Nodes!.Outdated);
        var client = registry.Client("golden/worker");
        Assert.NotNull(await client.DigestAsync(digests[0], CancellationToken.None));
        Assert.Null(await client.DigestAsync(digests[1], CancellationToken.None));
    }

    [Fact]
    public async Task What_a_run_has_installed_is_looked_for_in_the_image_and_the_runs_record_is_closed()
    {
        var policy = ApiServerFixture.UniqueName("drift");
        var baseline = await CreateAsync(spec => spec with { Triggers = new ImageTriggers { OnPolicies = [policy] } });
        var digest = await PushAsync("behind");
        await cluster.EndAsync(await JobAsync(baseline), Report(digest, security: 0));
        await UntilAsync(baseline, found => found.Status.Current is not null, "is promoted");
        var run = await FinishedRunAsync(policy);

        var scan = await JobAsync(baseline, number: 2);
        Assert.Equal(
            ["pull", "scan", "report"], scan.Spec.Template.Spec.InitContainers.Concat(scan.Spec.Template.Spec.Containers).Select(container => container.Name));
        await cluster.EndAsync(scan, Report(digest, security: 0, lacking: run.Metadata.Uid));
        await cluster.UntilAsync<PatchRun>(run.Metadata.Name, found => found.Status.Baselines is [{ UpToDate: false, Missing: 1 }], "names the baseline");

        var better = await PushAsync("ahead");
        await cluster.EndAsync(await JobAsync(baseline, number: 3), Report(better, security: 0, has: run.Metadata.Uid, version: "v2"));
        var closed = await cluster.UntilAsync<PatchRun>(run.Metadata.Name, found => found.Status.Baselines is [{ UpToDate: true }], "is closed");
        Assert.Equal(
            (baseline, 0, "v2 has everything"), (closed.Status.Baselines[0].Name, closed.Status.Baselines[0].Missing, closed.Status.Baselines[0].Message));
        Assert.Equal(BuildTrigger.LiveDrift, (await cluster.Client.GetAsync<ImageBaseline>(baseline))!.Status.LastBuild!.Trigger);
    }

    [Fact]
    public async Task An_invalid_baseline_names_the_field_and_builds_nothing()
    {
        var baseline = await CreateAsync(spec => spec with { Triggers = new ImageTriggers { Windows = ["nowhere"] } });

        var found = await UntilAsync(baseline, found => Condition(found, "Ready") is not null, "was looked at");
        Assert.Equal("spec.triggers.windows[0]: there is no PatchWindow 'nowhere'", Condition(found, "Ready")!.Message);
        Assert.Empty(await JobsAsync(baseline));
    }

    private async Task<string> CreateAsync(Func<ImageBaselineSpec, ImageBaselineSpec>? change = null)
    {
        var spec = new ImageBaselineSpec
        {
            Source = new ImageSource { Suite = "bookworm" },
            Output = new ImageOutput { Repository = $"{registry.Address}/golden/worker", Insecure = true },
        };
        var created = await cluster.Client.CreateAsync(
            new ImageBaseline { Metadata = new V1ObjectMeta { Name = ApiServerFixture.UniqueName("baseline") }, Spec = change?.Invoke(spec) ?? spec });
        return created.Metadata.Name;
    }

    private async Task<string> PushAsync(string content)
    {
        using var layout = new TestLayout(content);
        await registry.Client("golden/worker").PushAsync(await OciLayout.ReadAsync(layout.Path, CancellationToken.None), content, CancellationToken.None);
        return layout.Manifest;
    }

    private async Task<PatchRun> FinishedRunAsync(string policy)
    {
        var reference = new PolicyReference { Name = policy, Uid = "gone", Generation = 1 };
        var plan = await cluster.Client.CreateAsync(new PatchPlan
        {
            Metadata = new V1ObjectMeta { Name = ApiServerFixture.UniqueName("plan") },
            Spec = new PatchPlanSpec { Policy = reference, Updates = [new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = "2" }] },
        });
        var run = await cluster.Client.CreateAsync(new PatchRun
        {
            Metadata = new V1ObjectMeta { Name = ApiServerFixture.UniqueName("run") },
            Spec = new PatchRunSpec
            {
                Policy = reference,
                Window = "nightly",
                Plan = new PlanReference { Name = plan.Metadata.Name, Digest = PlanDigest.Of(plan.Spec) },
            },
        });
        var status = new PatchRunStatus
        {
            Phase = RunPhase.Succeeded,
            Message = "done",
            Progress = new RunProgress { Succeeded = 1, Total = 1, Summary = "1/1" },
            FinishedAt = DateTimeOffset.UnixEpoch.AddYears(60),
        };
        await Eventually.TrueAsync(
            async () =>
            {
                var live = (await cluster.Client.GetAsync<PatchRun>(run.Metadata.Name))!;
                live.Status = status with { Baselines = live.Status.Baselines };
                try
                {
                    return (await cluster.Client.UpdateStatusAsync(live)).Status.Phase == RunPhase.Succeeded;
                }
                catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
                {
                    // The operator has written its own word meanwhile.
                    return false;
                }
            },
            "the run is over");
        return run;
    }

    private Task<ImageBaseline> AnnotateAsync(string baseline, string name, string value) => AnnotateAsync<ImageBaseline>(baseline, name, value);

    private Task<TEntity> AnnotateAsync<TEntity>(string entity, string name, string value)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        cluster.Client.PatchAsync<TEntity>(new V1Patch($$"""{"metadata":{"annotations":{"{{name}}":"{{value}}"} } }""", V1Patch.PatchType.MergePatch), entity);

    private Task<IList<V1Job>> JobsAsync(string baseline) => cluster.Client.ListAsync<V1Job>(cluster.Namespace, $"{ApiGroup.BaselineLabel}={baseline}");

    /// <summary>The Job of the build or scan of that number.</summary>
    private async Task<V1Job> JobAsync(string baseline, int number = 1)
    {
        var reserved = await UntilAsync(baseline, found => found.Status.Job?.Number == number, $"has reserved number {number}");
        V1Job? job = null;
        await Eventually.TrueAsync(
            async () => (job = await cluster.Client.GetAsync<V1Job>(reserved.Status.Job!.Name, cluster.Namespace)) is not null, "the Job is there");
        return job!;
    }

    private Task<ImageBaseline> UntilAsync(string baseline, Predicate<ImageBaseline> condition, string what) => cluster.UntilAsync(baseline, condition, what);

    private static Condition? Condition(ImageBaseline baseline, string type) => baseline.Status.Conditions.FirstOrDefault(condition => condition.Type == type);

    private static string Report(
        string digest, int security, string version = "v1", string? lacking = null, string? has = null) => ImageResults.Write(new ImageResult
        {
            Reason = ImageReasons.Completed,
            Message = "done",
            Image = new ImageFacts(digest, version, 1000),
            Findings = new ImageFindings
            {
                OsFamily = "debian-12",
                OsImage = "Debian",
                Packages = 200,
                PatchLevel = "level",
                PendingSecurity = security,
                PendingTotal = security,
                Held = 0,
                Expected = lacking is not null ? [new MissingUpdates(lacking, 1, ["openssl"])] : has is not null ? [new MissingUpdates(has, 0, [])] : [],
            },
        });
}
