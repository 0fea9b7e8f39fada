using System.Globalization;
using k8s;
using k8s.Models;

namespace PatchOperator.Integration.Tests.Operator;

/// <summary>
/// The status of a Job as the Job controller of today writes it at the end, in two steps: that the end is decided, while pods still run down, and then
/// that it has come. An API server of today refuses a finished Job without the first, without <c>startTime</c>, or complete without <c>completionTime</c>.
/// </summary>
internal static class JobStatus
{
    // Stands for when the Job was made: one that began long ago is overdue.
    private const string At = "2026-01-02T03:04:05Z";

    /// <summary>It will be complete.</summary>
    public static string WillComplete => Of(Condition("SuccessCriteriaMet", "CompletionsReached"));

    public static string Complete => Of(Condition("SuccessCriteriaMet", "CompletionsReached"), Condition("Complete", "CompletionsReached"), $"""
        "completionTime": "{At}", "succeeded": 1,
        """);

    /// <summary>It will have failed.</summary>
    public static string WillFail(string reason = "BackoffLimitExceeded") => Of(Condition("FailureTarget", reason));

    public static string Failed(string reason = "BackoffLimitExceeded") =>
        Of(Condition("FailureTarget", reason), Condition("Failed", reason), "\"failed\": 1,");

    /// <summary>Ends a Job.</summary>
    public static async Task EndAsync(IKubernetes client, V1Job job, bool failed)
    {
        foreach (var status in failed ? new[] { WillFail(), Failed() } : [WillComplete, Complete])
            await WriteAsync(client, job, status);
    }

    public static Task<V1Job> WriteAsync(IKubernetes client, V1Job job, string status)
    {
        var made = job.Metadata.CreationTimestamp!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var patch = $$"""{"status": {{status.Replace(At, made, StringComparison.Ordinal)}}}""";
        return client.BatchV1.PatchNamespacedJobStatusAsync(new V1Patch(patch, V1Patch.PatchType.MergePatch), job.Metadata.Name, job.Metadata.NamespaceProperty);
    }

    private static string Of(string condition) => $$"""{"startTime": "{{At}}", "conditions": [{{condition}}]}""";

    private static string Of(string decided, string end, string more) => $$"""{"startTime": "{{At}}", {{more}} "conditions": [{{decided}}, {{end}}]}""";

    private static string Condition(string type, string reason) =>
        $$"""{"type": "{{type}}", "status": "True", "reason": "{{reason}}", "message": "", "lastProbeTime": "{{At}}", "lastTransitionTime": "{{At}}"}""";
}
