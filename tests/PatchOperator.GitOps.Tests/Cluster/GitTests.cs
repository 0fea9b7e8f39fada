using System.Text.Json.Nodes;
using PatchOperator.GitOps.Tests.Programs;

namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>
/// What Git says is what the API server gives back: no tool needs <c>ignoreDifferences</c> or the like for a default or another way to write a value.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class GitTests(GitOpsCluster cluster) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("git-");

    public static TheoryData<string> Folders => ["config/samples", "examples/gitops/clusters/staging", "examples/gitops/clusters/production"];

    [Theory, MemberData(nameof(Folders))]
    public void What_is_applied_reads_back_as_it_was_written(string kustomization)
    {
        var file = AssertReadsBack(Kustomization.Of(kustomization).Values);

        // The same question, as kubectl answers it.
        cluster.Kubectl(["diff", "--filename", file]);
        cluster.Kubectl(["delete", "--filename", file]);
    }

    /// <summary>Every way in which a value can be written: none is turned into another.</summary>
    [Fact]
    public void No_way_to_write_a_value_is_turned_into_another()
    {
        var policy = JsonNode.Parse("""
            {"apiVersion": "patchoperator.io/v1alpha1", "kind": "PatchPolicy", "metadata": {"name": "spellings"},
             "spec": {"nodeSelector": {}, "windows": [], "scan": {"interval": "1440m"}, "drain": {"timeout": "90s"},
                      "rollout": {"maxUnavailable": "3", "failureThreshold": "10%", "minReadySeconds": 0}}}
            """)!.AsObject();
        var baseline = JsonNode.Parse("""
            {"apiVersion": "patchoperator.io/v1alpha1", "kind": "ImageBaseline", "metadata": {"name": "spellings"},
             "spec": {"source": {"suite": "bookworm"}, "output": {"repository": "registry.example.com/a/b"},
                      "builder": {"resources": {"requests": {"cpu": 1, "memory": "1024Mi"}, "limits": {"cpu": "0.5"}}}}}
            """)!.AsObject();
        cluster.Kubectl(["delete", "--filename", AssertReadsBack([policy, baseline])]);
    }

    /// <summary>kstatus takes an object without a status for one that is done.</summary>
    [Fact]
    public void An_object_that_nobody_has_looked_at_is_in_progress()
    {
        var file = Write([JsonNode.Parse("""
            {"apiVersion": "patchoperator.io/v1alpha1", "kind": "PatchPolicy", "metadata": {"name": "unseen"}, "spec": {"nodeSelector": {}}}
            """)!.AsObject()]);
        cluster.Kubectl(["apply", "--validate=false", "--filename", file]);

        var unseen = JsonNode.Parse(cluster.Kubectl(["get", "--filename", file, "--output=json"]))!.AsObject();

        Assert.Equal("""{"observedGeneration":-1}""", unseen["status"]!.ToJsonString());
        Assert.Equal("InProgress", Health.Kstatus.Of(unseen).Status);
        cluster.Kubectl(["delete", "--filename", file]);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <returns>The file that was applied.</returns>
    private string AssertReadsBack(IReadOnlyCollection<JsonObject> items)
    {
        var file = Write(items);
        cluster.Kubectl(["apply", "--validate=false", "--filename", file]);
        var live = JsonNode.Parse(cluster.Kubectl(["get", "--filename", file, "--output=json"]))!["items"]!.AsArray();
        Assert.Equal(items.Select(item => item.ToJsonString()), live.Zip(items, (there, item) => Within(there, item)!.ToJsonString()));
        return file;
    }

    private string Write(IEnumerable<JsonObject> items)
    {
        var file = Path.Combine(folder.FullName, "items.json");
        File.WriteAllText(
            file,
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]) }.ToJsonString());
        return file;
    }

    /// <summary>What is live, without the fields that Git does not have: the question that Argo CD asks.</summary>
    private static JsonNode? Within(JsonNode? live, JsonNode? git) => (live, git) switch
    {
        (JsonObject there, JsonObject wanted) =>
            new JsonObject(
                wanted.Where(field => there.ContainsKey(field.Key)).Select(field => KeyValuePair.Create(field.Key, Within(there[field.Key], field.Value)))),
        (JsonArray there, JsonArray wanted) when there.Count == wanted.Count => new JsonArray([.. there.Zip(wanted, Within)]),
        _ => live?.DeepClone(),
    };
}
