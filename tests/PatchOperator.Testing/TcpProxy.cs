using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using k8s;

namespace PatchOperator.Testing;

/// <summary>Stands between a client and the API server and breaks the connection in the ways networks do.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<TcpClient, byte> connections = new();
    private readonly Uri server;
    private readonly IPEndPoint source;
    private readonly Task accepting;
    private volatile TaskCompletionSource flowing = Completed();
    private volatile bool refusing;

    /// <param name="server">The address of the API server.</param>
    /// <param name="source">An address of this machine, by which an audit log tells whose requests these are; any if it is not given.</param>
    public TcpProxy(string server, IPAddress? source = null)
    {
        (this.server, this.source) = (new Uri(server), new IPEndPoint(source ?? IPAddress.Any, 0));
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where the server is found through it.</summary>
    public Uri Address => new UriBuilder(server) { Host = IPAddress.Loopback.ToString(), Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;

    /// <summary>Points a client here instead of at the server; the certificate is still the server's.</summary>
    public KubernetesClientConfiguration Redirect(KubernetesClientConfiguration configuration)
    {
        configuration.TlsServerName ??= server.Host;
        configuration.Host = Address.ToString();
        return configuration;
    }

    /// <summary>Closes all connections hard.</summary>
    public void Cut()
    {
        foreach (var connection in connections.Keys)
        {
            try
            {
                connection.LingerState = new LingerOption(true, 0);
                connection.Close();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or NullReferenceException)
            {
                // Closed meanwhile.
            }
        }
    }

    /// <summary>From now on new connections are closed at once, and those there are.</summary>
    public void Refuse()
    {
        refusing = true;
        Cut();
    }

    /// <summary>Takes connections again.</summary>
    public void Accept() => refusing = false;

    /// <summary>Keeps all connections open and passes on nothing; what was on its way arrives later, as in a network.</summary>
    public void Freeze() => flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Passes on again.</summary>
    public void Thaw() => flowing.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        Thaw();
        Cut();
        await accepting;
        stopping.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                if (refusing)
                    client.Dispose();
                else
                    _ = RelayAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var upstream = new TcpClient(source);
        using (client)
        {
            try
            {
                await flowing.Task.WaitAsync(stopping.Token);
                await upstream.ConnectAsync(server.Host, server.Port, stopping.Token);
                connections[client] = 0;
                connections[upstream] = 0;
                await Task.WhenAny(PumpAsync(client.GetStream(), upstream.GetStream()), PumpAsync(upstream.GetStream(), client.GetStream()));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The other half ends with this one.
            }
            finally
            {
                connections.TryRemove(client, out _);
                connections.TryRemove(upstream, out _);
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, stopping.Token) is > 0 and var count)
        {
            await flowing.Task.WaitAsync(stopping.Token);
            await to.WriteAsync(buffer.AsMemory(0, count), stopping.Token);
        }
    }
}
