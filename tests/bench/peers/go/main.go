// A service that answers check, discover and allowed as a pool does, written with what a Go programmer would take:
// net/http, pgx and golang-jwt. scripts/bench --peers measures it beside the pools. It is no service for use: of
// allowed it knows what the benchmark's data holds, and refuses what it does not know.
//
// Its statements are its own. They ask for the facts that a decision needs, each in one round trip, so that a change of
// the pools' statements changes nothing here; that both answer alike is compared before anything is measured.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/golang-jwt/jwt"
	"github.com/jackc/pgx/v4"
)

const base = "/api/v4/internal/"

// The issuer that gitlab-shell puts into its tokens.
const issuer = "gitlab-shell"

type service struct {
	secret []byte
	parser *jwt.Parser
	store  *store
}

// isAuthentic verifies the token's signature, its times and its issuer. A token without an end is none.
func (s *service) isAuthentic(r *http.Request) bool {
	var claims jwt.RegisteredClaims
	_, err := s.parser.ParseWithClaims(r.Header.Get("Gitlab-Shell-Api-Request"), &claims, func(*jwt.Token) (interface{}, error) {
		return s.secret, nil
	})
	return err == nil && claims.Issuer == issuer && claims.ExpiresAt != nil
}

func answer(w http.ResponseWriter, r *http.Request, status int, body interface{}) {
	text, err := json.Marshal(body)
	if err != nil {
		log.Print(err)
		status, text = http.StatusInternalServerError, []byte(`{"message":"500 Internal Server Error"}`)
	}
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(text)))
	header.Set("X-Request-Id", r.Header.Get("X-Request-Id"))
	w.WriteHeader(status)
	w.Write(text)
}

type message struct {
	Message string `json:"message"`
}

func unavailable(w http.ResponseWriter, r *http.Request, reason error) {
	log.Print(reason)
	answer(w, r, http.StatusServiceUnavailable, message{"503 Service Unavailable"})
}

func (s *service) route(method string, handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != method:
			answer(w, r, http.StatusMethodNotAllowed, message{"405 Not Allowed"})
		case !s.isAuthentic(r):
			answer(w, r, http.StatusUnauthorized, message{"401 Unauthorized"})
		default:
			handle(w, r)
		}
	}
}

type instance struct {
	APIVersion string `json:"api_version"`
	Version    string `json:"gitlab_version"`
	Revision   string `json:"gitlab_rev"`
	Redis      bool   `json:"redis"`
}

func (s *service) check(w http.ResponseWriter, r *http.Request) {
	answer(w, r, http.StatusOK, instance{"v4", "0.0.0", "go", true})
}

func (s *service) discover(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.URL.Query().Get("key_id"), 10, 64)
	if err != nil {
		answer(w, r, http.StatusBadRequest, message{"key_id is invalid"})
		return
	}
	owner, err := s.store.ownerOfKey(r.Context(), id)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		answer(w, r, http.StatusOK, nil)
	case err != nil:
		unavailable(w, r, err)
	default:
		answer(w, r, http.StatusOK, owner)
	}
}

func main() {
	log.SetFlags(0)
	listen := flag.String("listen", "", "path of the socket")
	secretFile := flag.String("secret-file", "", "file with gitlab-shell's secret")
	database := flag.String("database", "", "URL of the PostgreSQL database")
	connections := flag.Int("connections", 4, "connections to the database")
	flag.Parse()

	secret, err := os.ReadFile(*secretFile)
	if err != nil {
		log.Fatal(err)
	}
	opened, err := openStore(context.Background(), *database, *connections)
	if err != nil {
		log.Fatal(err)
	}
	s := &service{
		secret: []byte(strings.TrimSpace(string(secret))),
		parser: jwt.NewParser(jwt.WithValidMethods([]string{"HS256"})),
		store:  opened,
	}
	routes := http.NewServeMux()
	routes.HandleFunc(base+"check", s.route(http.MethodGet, s.check))
	routes.HandleFunc(base+"discover", s.route(http.MethodGet, s.discover))
	routes.HandleFunc(base+"allowed", s.route(http.MethodPost, s.allowed))
	listener, err := net.Listen("unix", *listen)
	if err != nil {
		log.Fatal(err)
	}
	server := http.Server{Handler: routes}
	go func() {
		ended := make(chan os.Signal, 1)
		signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
		<-ended
		server.Close()
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
