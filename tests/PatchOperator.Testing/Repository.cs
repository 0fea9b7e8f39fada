namespace PatchOperator.Testing;

/// <summary>Where this repository's files are.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <param name="relative">From <see cref="Root"/>.</param>
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
