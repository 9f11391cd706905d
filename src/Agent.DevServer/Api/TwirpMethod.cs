using Agent.DevServer.Tokens;
using Google.Protobuf;

namespace Agent.DevServer.Api;

/// <summary>One method of the server API: how its request is read and what answers it.</summary>
internal sealed class TwirpMethod
{
    private TwirpMethod(Func<IMessage> createRequest, Func<IMessage, AccessToken?, CancellationToken, Task<IMessage>> invokeAsync)
    {
        CreateRequest = createRequest;
        InvokeAsync = invokeAsync;
    }

    public Func<IMessage> CreateRequest { get; }

    public Func<IMessage, AccessToken?, CancellationToken, Task<IMessage>> InvokeAsync { get; }

    public static TwirpMethod For<TRequest, TResponse>(Func<TRequest, AccessToken?, CancellationToken, Task<TResponse>> handler)
        where TRequest : IMessage, new()
        where TResponse : IMessage =>
        new(static () => new TRequest(), async (request, token, cancellation) => await handler((TRequest)request, token, cancellation));
}
