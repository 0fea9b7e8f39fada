using System.Net;
using System.Text.Json.Nodes;
using k8s.Autorest;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Effects;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests.Effects;

public sealed class EffectHandlersTests : IDisposable
{
    private static readonly NodeFacts Node = new() { Name = "node-1", Uid = "uid-1" };
    private static readonly PolicyReference Policy = new() { Name = "workers", Uid = "policy-uid" };

    private static readonly ImageBaseline Baseline = new()
    {
        Metadata = new V1ObjectMeta { Name = "golden", Uid = "baseline-uid" },
        Spec = new ImageBaselineSpec { Source = new ImageSource { Suite = "bookworm" }, Output = new ImageOutput { Repository = "registry.example.com/golden" } },
    };

    private readonly ScriptedRegistries registries = new();
    private readonly OperatorBench bench;

    public EffectHandlersTests()
    {
        bench = new OperatorBench(registries);
        bench.Node("node-1");
        bench.Known(new NodePatch { Metadata = new V1ObjectMeta { Name = "node-1" }, Spec = new NodePatchSpec { NodeName = "node-1", Operation = new NodeOperation { RunUid = "another" } } });
        bench.Known(new PatchRecord { Metadata = new V1ObjectMeta { Name = "record-1" } });
        bench.Known(new PatchRun { Metadata = new V1ObjectMeta { Name = "run-1" } });
    }

    /// <summary>What each effect calls. Of each there is one here, or a test fails.</summary>
    public static TheoryData<Effect, string> Effects => new()
    {
        { new Cordon(new NodeKey("node-1", "uid-1"), "run-1"), "patch Node node-1" },
        { new CreateJob(Job("job-1")), "create Job job-1" },
        { new CreateHookJob(new HookJobRequest { Name = "hook-1", Hook = "beforeRun", Template = new JobTemplate { Image = "curl" }, Run = "run-1" }), "create Job hook-1" },
        { new DeleteJob("job-1"), "delete Job job-1" },
        { new CreateImageJob(Baseline, ImageJob), "create Job image-build" },
        { new SetOperation("node-1", new NodeOperation { Run = "run-1", RunUid = "run-uid" }), "update NodePatch node-1" },
        { new CreateNodePatch(Node with { Name = "node-2" }), "create NodePatch node-2" },
        { new DeleteNodePatch("node-1"), "delete NodePatch node-1" },
        { new CreatePlan("plan-1", new PatchPlanSpec { Policy = Policy }), "create PatchPlan plan-1" },
        { new DeletePlan("plan-1"), "delete PatchPlan plan-1" },
        { new CreateRun("run-2", new PatchRunSpec { Policy = Policy }), "create PatchRun run-2" },
        { new DeleteRun("run-1"), "delete PatchRun run-1" },
        { new WriteRecords([new PatchRecord { Metadata = new V1ObjectMeta { Name = "record-1", ResourceVersion = "3" }, Spec = new PatchRecordSpec { Number = 1 } }]), "update PatchRecord record-1" },
        { new RemoveAnnotations(PatchRun.KindName, "run-1", ["done"]), "patch PatchRun run-1" },
    };

    public void Dispose() => bench.Dispose();

    [Theory, MemberData(nameof(Effects))]
    public async Task An_effect_is_one_call_and_done(Effect effect, string call)
    {
        Assert.Empty(await ApplyAsync(effect));

        Assert.Equal([call], bench.Api.Writes);
    }

    [Theory, MemberData(nameof(Effects))]
    public async Task What_is_refused_is_told_in_the_words_of_whoever_refuses(Effect effect, string call)
    {
        foreach (var (code, words) in new[]
        {
            (HttpStatusCode.Forbidden, "that is forbidden"),
            (HttpStatusCode.InternalServerError, "failed calling webhook \"guard.example.com\": context deadline exceeded"),
            (HttpStatusCode.BadRequest, "admission webhook \"guard.example.com\" denied the request: not today"),
            (HttpStatusCode.GatewayTimeout, "the server was unable to return a response in time"),
        })
        {
            bench.Api.Answer(call, ApiAnswer.Refuse(code, words));

            var refusal = Assert.Single(await ApplyAsync(effect));

            Assert.Same(effect, refusal.What);
            Assert.Equal($"the API server refused to {effect.Words}: {words}", refusal.Message);
        }
    }

    /// <summary>Nobody knows whether it was done: the whole decision is made again.</summary>
    [Theory, MemberData(nameof(Effects))]
    public async Task A_call_that_gets_lost_is_no_refusal(Effect effect, string call)
    {
        bench.Api.Answer(call, new HttpRequestException("the connection broke"));

        await Assert.ThrowsAsync<HttpRequestException>(() => ApplyAsync(effect));
    }

    /// <summary>What exists is the same; of what was changed meanwhile the next decision knows more.</summary>
    [Theory, MemberData(nameof(Effects))]
    public async Task A_conflict_is_a_success_where_something_is_made_and_another_look_where_it_is_changed(Effect effect, string call)
    {
        bench.Api.Answer(call, ApiAnswer.Refuse(HttpStatusCode.Conflict, "somebody else was faster"));

        if (call.StartsWith("create", StringComparison.Ordinal))
            Assert.Empty(await ApplyAsync(effect));
        else
            Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<HttpOperationException>(() => ApplyAsync(effect))).Response.StatusCode);
    }

    /// <summary>Else a namespace that somebody deleted would be tried twice a second for ever, and no status would say so.</summary>
    [Theory, MemberData(nameof(Effects))]
    public async Task What_is_gone_is_looked_at_again_and_what_a_Job_is_made_in_must_be_there(Effect effect, string call)
    {
        bench.Api.Answer(call, ApiAnswer.Refuse(HttpStatusCode.NotFound, "namespaces \"jobs\" not found"));

        if (effect is CreateJob or CreateHookJob or CreateImageJob)
            Assert.EndsWith("namespaces \"jobs\" not found", Assert.Single(await ApplyAsync(effect)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<HttpOperationException>(() => ApplyAsync(effect))).Response.StatusCode);
    }

    [Fact]
    public async Task Every_effect_is_carried_out()
    {
        var all = typeof(Effect).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Effect))).ToHashSet();
        Type[] elsewhere = [typeof(Uncordon), typeof(Announce), typeof(Unannounce), typeof(Evict), typeof(DeletePods), typeof(PutTag), typeof(DeleteImage),
            typeof(Quarantine), typeof(LiftQuarantine), typeof(BindRun)];
        Assert.Equal(
            all.OrderBy(type => type.Name, StringComparer.Ordinal),
            Effects.Select(row => row[0].GetType()).Concat(elsewhere).OrderBy(type => type.Name, StringComparer.Ordinal));

        await ApplyAsync(new Cordon(new NodeKey("node-1", "uid-1"), "run-1"));
        Assert.Empty(await ApplyAsync(
            new Uncordon(new NodeKey("node-1", "uid-1")), new Evict("node-1", [Pod]), new PutTag(Baseline, "sha256:a"), new DeleteImage(Baseline, "sha256:b")));

        Assert.False(bench.World.Snapshot.Nodes["node-1"]!.Unschedulable);
        Assert.Equal("evict default/web uid-web", bench.Api.Calls[^1]);
        Assert.Empty(await ApplyAsync(new DeletePods("node-1", [Pod]), new Announce(new NodeKey("node-1", "uid-1"), "run-1")));
        Assert.Contains("delete Pod default/web uid-web", bench.Api.Calls);
        Assert.Equal("run-1", bench.World.Snapshot.Nodes["node-1"]!.AnnouncedBy);
        Assert.Empty(await ApplyAsync(new Unannounce(new NodeKey("node-1", "uid-1"))));
        Assert.Null(bench.World.Snapshot.Nodes["node-1"]!.AnnouncedBy);
        Assert.Equal(["tag sha256:a", "delete sha256:b"], registries.Calls);
        bench.Store.Edit(NodePatch.KindName, "node-1", json => json["status"] = new JsonObject { ["quarantine"] = new JsonObject { ["since"] = "2026-11-20T12:00:00Z" } });
        Assert.Empty(await ApplyAsync(new Quarantine(new NodeKey("node-1", "uid-1"), "workers")));
        Assert.Equal("workers", bench.World.Snapshot.Nodes["node-1"]!.QuarantinedBy);
        Assert.Empty(await ApplyAsync(new LiftQuarantine(new NodeKey("node-1", "uid-1")) { IsUnwanted = true }));
        Assert.Null(bench.World.Snapshot.Nodes["node-1"]!.QuarantinedBy);
    }

    /// <summary>What a pod's eviction is answered is for the next look at the node, which has a way of its own to go on.</summary>
    [Fact]
    public async Task A_refused_eviction_is_an_answer_and_no_refusal()
    {
        bench.Api.Answer("evict", ApiAnswer.Refuse(HttpStatusCode.TooManyRequests, "blocked"));

        Assert.Empty(await ApplyAsync(new Evict("node-1", [Pod]), new DeleteJob("job-1")));
        Assert.Equal("delete Job job-1", bench.Api.Calls[^1]);
    }

    [Fact]
    public async Task Effects_are_done_in_order()
    {
        await ApplyAsync(new DeleteJob("job-1"), new Cordon(new NodeKey("node-1", "uid-1"), "run-1"), new DeleteJob("job-2"));

        Assert.Equal(["delete Job job-1", "patch Node node-1", "delete Job job-2"], bench.Api.Writes);
    }

    [Fact]
    public async Task Nothing_is_done_behind_an_essential_effect_that_was_refused()
    {
        bench.Api.Answer("create Job", ApiAnswer.Refuse(HttpStatusCode.Forbidden, "no"));

        var refused = await ApplyAsync(new DeleteJob("job-0"), new CreateJob(Job("job-1")), new DeleteJob("job-2"));

        Assert.Equal("create Job job-1", Assert.Single(refused).What!.Words);
        Assert.Equal(["delete Job job-0", "create Job job-1"], bench.Api.Calls);
    }

    [Fact]
    public async Task The_neighbours_of_one_that_was_refused_are_done()
    {
        bench.Api.Answer("create Job job-1", ApiAnswer.Refuse(HttpStatusCode.Forbidden, "no"));

        Assert.Single(await ApplyAsync(new CreateJob(Job("job-1")), new CreateJob(Job("job-2")), new DeleteJob("job-3")));

        Assert.NotNull(bench.World.Snapshot.Jobs["job-2"]);
        Assert.DoesNotContain("delete Job job-3", bench.Api.Calls);
    }

    [Fact]
    public async Task An_optional_effect_that_was_refused_stops_nothing()
    {
        registries.Refusal = "deletion is not allowed";

        var refused = await ApplyAsync(new PutTag(Baseline, "sha256:a"), new DeleteImage(Baseline, "sha256:b"), new DeleteImage(Baseline, "sha256:c"), new DeleteJob("job-1"));

        Assert.Equal(
            [
                "the registry refused to delete image sha256:b: deletion is not allowed", "the registry refused to delete image sha256:c: deletion is not allowed",
                "the registry refused to move the tag current: deletion is not allowed",
            ],
            refused.Select(refusal => refusal.Message).Order(StringComparer.Ordinal));
        Assert.Equal(["delete Job job-1"], bench.Api.Calls);
    }

    [Fact]
    public async Task Neighbours_of_one_kind_are_done_at_the_same_time_and_not_all_at_once()
    {
        var arrived = 0;
        var release = new TaskCompletionSource();
        bench.Api.Before = _ =>
        {
            Interlocked.Increment(ref arrived);
            return release.Task;
        };

        var applied = ApplyAsync([.. Enumerable.Range(1, 40).Select(number => new DeleteJob($"job-{number}"))]);
        await Eventually.TrueAsync(() => Volatile.Read(ref arrived) >= 16, "sixteen are under way");
        // Whoever else could begin has had every chance to.
        for (var turn = 0; turn < 100; turn++)
            await Task.Run(() => { });
        Assert.Equal(16, Volatile.Read(ref arrived));
        release.SetResult();

        Assert.Empty(await applied);
        Assert.Equal(40, bench.Api.Calls.Count);
    }

    private static PodToEvict Pod => new() { Namespace = "default", Name = "web", Uid = "uid-web" };

    private static ImageJobRequest ImageJob =>
        new(new ImageJob { Name = "image-build", Kind = ImageJobKind.Build, StartedAt = OperatorBench.Noon }, null, [], [], []);

    private static JobRequest Job(string name) =>
        new() { Name = name, Node = "node-1", Step = OperationStep.Scan, Operation = "operation", Timeout = TimeSpan.FromMinutes(10) };

    private Task<IReadOnlyList<Refusal>> ApplyAsync(params Effect[] effects) => bench.Get<EffectHandlers>().ApplyAsync(effects, CancellationToken.None);
}
