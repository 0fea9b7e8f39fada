using PatchOperator.Contract.Images;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Images.Running;

/// <summary>A Secret with logins to registries, mounted as a file.</summary>
internal static class LoginSecret
{
    /// <summary>What is in it; nothing where there is none.</summary>
    /// <param name="file">The Docker configuration; there need not be one.</param>
    /// <param name="field">The field of the spec that names the Secret, for messages.</param>
    /// <exception cref="ImageFailureException">InvalidRequest: it is no Docker configuration.</exception>
    public static DockerCredentials Read(string file, string field)
    {
        try
        {
            return File.Exists(file) ? DockerCredentials.Parse(File.ReadAllText(file)) : DockerCredentials.None;
        }
        catch (FormatException error)
        {
            throw new ImageFailureException(ImageReasons.InvalidRequest, $"{field}: {error.Message}");
        }
    }
}
