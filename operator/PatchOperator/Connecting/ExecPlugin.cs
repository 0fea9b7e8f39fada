using System.Net.Http.Headers;
using k8s.Authentication;
using k8s.KubeConfigModels;

namespace PatchOperator.Connecting;

/// <summary>Tokens of a credential plugin, which is asked again when its token has expired, and after the server refused it.</summary>
internal sealed class ExecPlugin(ExternalExecution command) : IRenewableToken
{
    private volatile ExecTokenProvider current = new(command);

    public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
        current.GetAuthenticationHeaderAsync(cancellationToken);

    public void Forget() => current = new ExecTokenProvider(command);
}
