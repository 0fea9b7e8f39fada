using System.Net;
using System.Text.Json.Nodes;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Questions;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests.Questions;

public sealed class NodePodsTests : IDisposable
{
    private readonly OperatorBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_rehearsal_ends_at_the_first_pod_that_may_not_go_and_evicts_none()
    {
        APod("a");
        APod("b");
        APod("c");
        APod("elsewhere", "node-2");
        bench.Api.Answer("rehearse eviction of default/b", ApiAnswer.Refuse(HttpStatusCode.TooManyRequests, "no", "The disruption budget web needs 2 healthy pods and has 2 currently"));

        var facts = await bench.Get<NodePods>().RehearseAsync(new RehearsalOfDrain("node-1", new DrainSettings()), CancellationToken.None);

        Assert.Equal([EvictionAnswer.None, EvictionAnswer.Blocked], facts.Remaining.Select(pod => pod.Answer));
        Assert.Equal("The disruption budget web needs 2 healthy pods and has 2 currently", facts.Remaining[1].AnswerMessage);
        Assert.Equal(["a", "b"], bench.Api.Calls.Where(call => call.StartsWith("rehearse", StringComparison.Ordinal)).Select(call => call.Split(' ', '/')[4]));
        Assert.DoesNotContain(bench.Api.Calls, call => call.StartsWith("evict", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pods_that_stay_or_go_anyway_are_not_asked_about()
    {
        APod("mirror", change: pod => pod["metadata"]!["annotations"] = new JsonObject { ["kubernetes.io/config.mirror"] = "x" });
        APod("going", change: pod => pod["metadata"]!["deletionTimestamp"] = "2026-11-20T12:00:00Z");
        APod("done", change: pod => pod["status"]!["phase"] = "Succeeded");

        Assert.Empty((await bench.Get<NodePods>().RehearseAsync(new RehearsalOfDrain("node-1", new DrainSettings()), CancellationToken.None)).Remaining);
        Assert.DoesNotContain(bench.Api.Calls, call => call.StartsWith("rehearse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pod_that_the_policy_keeps_is_told_first_and_without_asking()
    {
        APod("a");
        APod("bare", change: pod => ((JsonObject)pod["metadata"]!).Remove("ownerReferences"));

        var pod = Assert.Single((await bench.Get<NodePods>().RehearseAsync(new RehearsalOfDrain("node-1", new DrainSettings()), CancellationToken.None)).Remaining);

        Assert.Equal(("bare", false), (pod.Name, pod.Managed));
        Assert.DoesNotContain(bench.Api.Calls, call => call.StartsWith("rehearse", StringComparison.Ordinal));
    }

    /// <summary>Its timeout could never pass otherwise.</summary>
    [Fact]
    public async Task Where_budgets_are_bypassed_in_the_end_nothing_is_rehearsed()
    {
        APod("a");

        var settings = new DrainSettings { OnTimeout = DrainTimeoutAction.Force };
        Assert.Single((await bench.Get<NodePods>().RehearseAsync(new RehearsalOfDrain("node-1", settings), CancellationToken.None)).Remaining);
        Assert.DoesNotContain(bench.Api.Calls, call => call.StartsWith("rehearse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_matters_of_a_pod_is_told_and_those_that_are_to_be_ignored_are_not()
    {
        APod("a", change: pod =>
        {
            pod["spec"]!["priority"] = 7;
            pod["spec"]!["volumes"] = new JsonArray(new JsonObject { ["name"] = "scratch", ["emptyDir"] = new JsonObject() });
        });
        APod("ignored", change: pod => pod["metadata"]!["labels"] = new JsonObject { ["drain"] = "no" });
        var ignored = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["drain"] = "no" } };

        var pod = Assert.Single((await bench.Get<NodePods>().ToEvictAsync(new PodsToEvict("node-1", ignored), CancellationToken.None)).Remaining);

        Assert.Equal(("a", true, true, 7), (pod.Name, pod.Managed, pod.HasEmptyDir, pod.Priority));
    }

    private void APod(string name, string node = "node-1", Action<JsonObject>? change = null)
    {
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default", ["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = "ReplicaSet", ["controller"] = true }) },
            ["spec"] = new JsonObject { ["nodeName"] = node },
            ["status"] = new JsonObject { ["phase"] = "Running" },
        };
        change?.Invoke(pod);
        bench.Store.Create(V1Pod.KubeKind, pod);
    }
}
