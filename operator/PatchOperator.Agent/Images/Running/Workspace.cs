using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Running;

/// <summary>The folder that all containers of an image Job share; see <see cref="ImageWorkspace"/>.</summary>
/// <param name="path">An absolute path.</param>
internal sealed class Workspace(string path)
{
    public string Root => path;

    public string OciLayout => PathOf(ImageWorkspace.OciLayout);

    public string Tar => PathOf(ImageWorkspace.Tar);

    public string RawDisk => PathOf(ImageWorkspace.RawDisk);

    public string Tests => PathOf(ImageWorkspace.Tests);

    public string Findings => PathOf(ImageWorkspace.Findings);

    /// <summary>Where the workspace is mounted, as the environment says.</summary>
    public static Workspace FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(ImageWorkspace.PathVariable) is { Length: > 0 } set ? set : ImageWorkspace.Path);

    public string PathOf(string name) => Path.Combine(path, name);

    /// <summary>Writes what the steps after this one read.</summary>
    public static void Write<T>(string file, T value, JsonTypeInfo<T> type) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
