namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>What a person would look at first when a story goes wrong.</summary>
internal sealed class Diagnosis(Kubectl kubectl)
{
    private static readonly string[][] Questions =
    [
        ["get", "nodes"],
        ["get", "patchwindows,patchpolicies,patchruns,nodepatches"],
        ["get", "patchruns", "--output=jsonpath={range .items[*]}{.metadata.name}: {.status.phase}: {.status.message}{\"\\n\"}{end}"],
        [
            "get",
            "nodepatches",
            "--output=jsonpath={range .items[*]}{.metadata.name}: {.status.phase} {.status.job} {.status.conditions} {.status.lastOperation}{\"\\n\"}{end}",
        ],
        ["get", "patchpolicies", "--output=jsonpath={range .items[*].status.conditions[*]}{.type}={.status} {.reason}: {.message}{\"\\n\"}{end}"],
        ["get", "imagebaselines", "--output=wide"],
        ["get", "imagebaselines", "--output=jsonpath={range .items[*]}{.metadata.name}: {.status.job} {.status.lastBuild} {.status.runs}{\"\\n\"}{end}"],
        ["get", "imagebaselines", "--output=jsonpath={range .items[*].status.conditions[*]}{.type}={.status} {.reason}: {.message}{\"\\n\"}{end}"],
        ["get", "jobs,pods", "--all-namespaces", "--output=wide"],
        ["logs", "--namespace=" + ClusterFixture.Namespace, "deployment/patch-operator", "--tail=40"],
    ];

    public async Task<string> DescribeAsync() => string.Join("\n\n", await Task.WhenAll(Questions.Select(AskAsync)));

    private async Task<string> AskAsync(string[] question)
    {
        var answer = await kubectl.TryAsync(question);
        return $"$ kubectl {string.Join(' ', question)}\n{answer.Output}{answer.Errors}";
    }
}
