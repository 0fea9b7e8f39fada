namespace PatchOperator.Registry;

/// <summary>What to log in to a registry with. No record: those print their members.</summary>
/// <param name="username">May be empty.</param>
/// <param name="password">May be empty.</param>
/// <param name="identityToken">A refresh token to be exchanged for access tokens, instead of a password; null: there is none.</param>
internal sealed class RegistryLogin(string username, string password, string? identityToken)
{
    public string Username => username;

    public string Password => password;

    public string? IdentityToken => identityToken;
}
