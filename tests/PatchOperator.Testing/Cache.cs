namespace PatchOperator.Testing;

/// <summary>Where <c>prerequisites</c> and <c>hack</c> put what they fetch, and tests what they make once.</summary>
public static class Cache
{
    /// <param name="relative">From the folder of this project in the user's cache.</param>
    public static string PathOf(string relative)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "patch-operator", relative);
    }
}
