namespace PatchOperator.Agent.Tests.Running;

/// <summary>The agent as it goes into the images, compiled ahead of time.</summary>
internal static class PublishedAgent
{
    private static readonly Lazy<string> Path = new(Publish);

    public static string Program => Path.Value;

    private static string Publish()
    {
        var folder = Repository.PathOf("out/agent");
        Shell.Run("bash", "-ec", ". \"$1/hack/lib/publish.sh\"; publish_agent \"$1\" \"$2\"", "tests", Repository.Root, folder);
        return $"{folder}/patch-agent";
    }
}
