namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>Where this repository's files are.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "PatchOperator.sln")))
                return directory.FullName;
        }

        throw new DirectoryNotFoundException($"no PatchOperator.sln above {AppContext.BaseDirectory}");
    }
}
