namespace PatchOperator.Testing;

/// <summary>A folder that goes when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("test-");

    public string Path => folder.FullName;

    public string PathOf(string relative) => System.IO.Path.Combine(folder.FullName, relative);

    public void Dispose() => folder.Delete(recursive: true);
}
