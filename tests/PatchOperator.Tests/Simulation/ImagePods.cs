using System.Text.Json.Nodes;
using PatchOperator.Contract.Images;

namespace PatchOperator.Tests.Simulation;

/// <summary>How the pod of an image's Job ends: one container after the other, up to the first that fails.</summary>
internal static class ImagePods
{
    /// <summary>All have done their work, and the last says what came of it.</summary>
    public static JsonObject Done(StoredObject job, ImageResult result) => new()
    {
        ["phase"] = "Succeeded",
        ["initContainerStatuses"] = new JsonArray([.. Steps(job).Select(step => Ended(step, ImageExitCodes.Done, ""))]),
        ["containerStatuses"] = new JsonArray(Ended((string)Spec(job)["containers"]![0]!["name"]!, ImageExitCodes.Done, ImageResults.Write(result))),
    };

    /// <summary>One has failed, and says why.</summary>
    public static JsonObject Failed(StoredObject job, string step, int exitCode, ImageResult why)
    {
        var end = Ended(step, exitCode, ImageResults.Write(why));
        var before = Steps(job).TakeWhile(other => other != step).Select(other => Ended(other, ImageExitCodes.Done, "")).ToList();
        return before.Count < Steps(job).Count()
            ? new JsonObject { ["phase"] = "Failed", ["initContainerStatuses"] = new JsonArray([.. before, end]) }
            : new JsonObject { ["phase"] = "Failed", ["initContainerStatuses"] = new JsonArray([.. before]), ["containerStatuses"] = new JsonArray(end) };
    }

    private static JsonNode Spec(StoredObject job) => job.Json["spec"]!["template"]!["spec"]!;

    private static IEnumerable<string> Steps(StoredObject job) => Spec(job)["initContainers"]!.AsArray().Select(container => (string)container!["name"]!);

    private static JsonObject Ended(string container, int exitCode, string message) => new()
    {
        ["name"] = container,
        ["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = exitCode, ["message"] = message } },
    };
}
