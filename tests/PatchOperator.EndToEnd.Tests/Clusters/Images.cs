namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>The images under test as archives, built once for all clusters.</summary>
/// <param name="Operator">Of operator and agent.</param>
/// <param name="Tools">Of the tools that make images.</param>
public sealed record Images(string Operator, string Tools)
{
    /// <summary>A folder with both archives, for images that are built already.</summary>
    public const string FolderVariable = "E2E_IMAGES";

    private static readonly Lazy<Task<Images>> Built = new(BuildAsync);

    internal static Images? Given => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? In(folder) : null;

    public static Task<Images> BuiltAsync() => Built.Value;

    private static async Task<Images> BuildAsync()
    {
        if (Given is { } given)
            return given;
        var images = In(Repository.PathOf("out/end-to-end"));
        (await Command.RunAsync(Repository.PathOf("hack/build-image"), ["--output", images.Operator, "--tools-output", images.Tools])).Succeeded();
        return images;
    }

    private static Images In(string folder) => new(Path.Combine(folder, "patch-operator.tar"), Path.Combine(folder, "patch-operator-tools.tar"));
}
