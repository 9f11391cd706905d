using System.Net;
using System.Net.Sockets;

namespace Agent.Tests.Providers.Unreachable;

/// <summary>An address at which there is no vendor.</summary>
internal sealed class NoVendorHost : IAsyncDisposable
{
    private readonly NoVendor _kind;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public NoVendorHost(NoVendor kind)
    {
        _kind = kind;
        _listener.Start();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Address = kind switch
        {
            NoVendor.HasNoAddress => new Uri("http://vendor.invalid"),
            NoVendor.HasNoTls => new Uri($"https://127.0.0.1:{port}"),
            _ => new Uri($"http://127.0.0.1:{port}"),
        };
        if (kind == NoVendor.Refuses)
            _listener.Stop();
        _serving = kind is NoVendor.Refuses or NoVendor.HasNoAddress ? Task.CompletedTask : ServeAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> answering = [];
        try
        {
            while (true)
                answering.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            if (_kind == NoVendor.Resets)
                client.LingerState = new LingerOption(enable: true, seconds: 0);
            if (_kind is not (NoVendor.SpeaksAnotherProtocol or NoVendor.HasNoTls))
                return;
            try
            {
                await client.GetStream().WriteAsync("220 mail.example.com ESMTP\r\n"u8.ToArray(), _stop.Token);
                await client.GetStream().CopyToAsync(Stream.Null, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // Whoever expected a vendor has left.
            }
        }
    }
}
