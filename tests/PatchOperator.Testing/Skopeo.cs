namespace PatchOperator.Testing;

/// <summary>Another hand's client, as a witness.</summary>
public static class Skopeo
{
    /// <summary>The digest of what a reference stands for, from the bytes that the registry gives.</summary>
    public static string Digest(string reference)
    {
        var manifest = Path.GetTempFileName();
        try
        {
            File.WriteAllText(manifest, Run("inspect", "--raw", "--tls-verify=false", $"docker://{reference}"));
            return Run("manifest-digest", manifest).Trim();
        }
        finally
        {
            File.Delete(manifest);
        }
    }

    /// <returns>Its standard output.</returns>
    public static string Run(params string[] arguments) => Command.Run("skopeo", ["--insecure-policy", .. arguments]).Checked().Output;
}
