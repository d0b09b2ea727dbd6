extension HTTPDescriptor {
  /// Why the vendor's server does not answer, in words without a secret; nil where it does, whatever it says.
  ///
  /// It is asked for nothing, at `/`, and gets no key.
  package func unreachable() async -> String? {
    let pieces = url.filled { _ in "" }.split(separator: "/", omittingEmptySubsequences: false)
    let server = pieces.prefix(3).joined(separator: "/")
    do {
      _ = try await PageTransport.with(limits: limits) { transport in
        try await transport.get("\(server)/", headers: [], time: .seconds(10))
      }
      return nil
    } catch let failure as TransportFailure where failure.isTooLong {
      return nil
    } catch let failure as TransportFailure {
      return "\(server) does not answer: \(failure.description)"
    } catch {
      return "\(server) does not answer: \(error)"
    }
  }
}
